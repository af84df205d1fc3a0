"""Encrypted columns, key rotation, keyed hashes and masks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import Database, UuidKey, declarative_base
from services.chassis.identifiers import uuid7
from services.chassis.process import settings
from services.chassis.security import encryption
from services.chassis.security.encryption import EncryptedBytes, EncryptedText, KeyRing, blind_index, pseudonym
from services.chassis.security.key_rotation import encrypted_columns, rotate

Base = declarative_base("encryption")

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


class Person(Base):
    __tablename__ = "person"

    id: Mapped[UuidKey]
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    version: Mapped[int] = mapped_column(default=1, onupdate=lambda: 99)


class Scan(Base):
    __tablename__ = "scan"

    person: Mapped[UuidKey]
    page: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(EncryptedBytes)


@pytest.fixture
def people(database: Database) -> Iterator[Database]:
    Base.metadata.create_all(database.engine)
    return database


@pytest.fixture
def use_keys(monkeypatch: pytest.MonkeyPatch):
    def use(*keys: str) -> None:
        monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", ",".join(keys))
        settings.reset()

    return use


def stored(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.execute(sa.text("SELECT phone FROM person WHERE phone IS NOT NULL ORDER BY id")).scalars())


def add(database: Database, *phones: str | None) -> None:
    with database.session() as session:
        session.add_all([Person(phone=phone) for phone in phones])


def test_the_database_never_sees_the_text(people: Database) -> None:
    add(people, "13812345678")

    assert "1381" not in stored(people)[0]
    with people.session() as session:
        assert session.scalars(sa.select(Person.phone)).all() == ["13812345678"]


def test_nothing_stays_nothing(people: Database) -> None:
    add(people, None)

    with people.session() as session:
        assert session.execute(sa.text("SELECT phone FROM person")).scalar_one() is None
        assert session.scalars(sa.select(Person.phone)).all() == [None]


def test_rotation_leaves_every_value_readable_with_the_new_key_alone(people: Database, use_keys) -> None:
    use_keys(OLD)
    phones = [f"1380000{number:04}" for number in range(7)]
    add(people, *phones, None)
    use_keys(NEW, OLD)
    add(people, "13900000000")

    with people.sessions() as session:
        assert rotate(session, Person.phone, batch=3) == 7
        assert rotate(session, Person.phone, batch=3) == 0

    use_keys(NEW)
    with people.session() as session:
        read = session.scalars(sa.select(Person.phone).where(Person.phone.is_not(None)).order_by(Person.id)).all()
        assert read == [*phones, "13900000000"]


def test_rotation_is_no_change_of_the_record(people: Database, use_keys) -> None:
    use_keys(OLD)
    add(people, "13812345678")
    use_keys(NEW, OLD)

    with people.sessions() as session:
        rotate(session, Person.phone)
        assert session.scalars(sa.select(Person.version)).all() == [1]


def test_a_column_that_is_not_encrypted_cannot_be_rotated(people: Database) -> None:
    with people.sessions() as session, pytest.raises(TypeError, match="encrypted"):
        rotate(session, Person.version)


def test_a_lost_key_is_an_error_that_shows_neither_key_nor_value(people: Database, use_keys) -> None:
    use_keys(OLD)
    add(people, "13812345678")
    use_keys(NEW)

    with people.session() as session, pytest.raises(ValueError, match="fits no key") as error:
        session.scalars(sa.select(Person.phone)).all()
    assert NEW not in str(error.value)
    assert stored(people)[0] not in str(error.value)


def test_a_ring_without_keys_is_refused() -> None:
    with pytest.raises(ValueError, match="GONGHUI_ENCRYPTION_KEYS"):
        KeyRing(())


@given(st.text(max_size=60))
def test_what_is_encrypted_comes_back(text: str) -> None:
    ring = KeyRing((OLD,))

    assert ring.decrypt(ring.encrypt(text)) == text


def test_the_blind_index_does_not_depend_on_how_a_number_is_written() -> None:
    assert (
        blind_index("11010519491231002x")
        == blind_index(" 110105 19491231 002X ")
        == blind_index("１１０１０５19491231002X")
    )


def test_the_blind_index_depends_on_key_value_and_scope(monkeypatch) -> None:
    index = blind_index("11010519491231002X")

    assert index != blind_index("110105194912310038")
    assert index != blind_index("11010519491231002X", scope="passport")
    monkeypatch.setenv("GONGHUI_HASH_KEY", "another" * 5)
    settings.reset()
    assert index != blind_index("11010519491231002X")


def test_a_pseudonym_holds_within_its_scope_only() -> None:
    assert pseudonym("m1", "visits:2023") == pseudonym("m1", "visits:2023")
    assert pseudonym("m1", "visits:2023") != pseudonym("m1", "visits:2024")
    assert pseudonym("m1", "visits:2023") != pseudonym("m2", "visits:2023")


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (encryption.mask_name, "李娜", "李*"),
        (encryption.mask_name, "欧阳晓娜", "欧***"),
        (encryption.mask_name, "Anna Li", "A*** L*"),
        (encryption.mask_id_number, "11010519491231002X", "110*************2X"),
        (encryption.mask_id_number, "E1", "E*"),
        (encryption.mask_phone, "13812345678", "138****5678"),
        (encryption.mask_phone, "8812", "88**"),
        (encryption.mask_email, "li.na@example.edu.cn", "l***@example.edu.cn"),
        (encryption.mask_email, "", ""),
    ],
)
def test_masks_show_the_agreed_part_only(mask, value: str, shown: str) -> None:
    assert mask(value) == shown


@given(
    mask=st.sampled_from([encryption.mask_id_number, encryption.mask_phone]),
    number=st.text(alphabet="0123456789X", min_size=1, max_size=30),
)
def test_a_masked_number_hides_at_least_four_characters_or_half(mask, number: str) -> None:
    masked = mask(number)

    assert len(masked) == len(number)
    assert masked.count("*") >= min(4, (len(number) + 1) // 2)


def test_files_in_tables_of_two_keys_are_rotated_too(people: Database, use_keys) -> None:
    use_keys(OLD)
    person = uuid7()
    with people.session() as session:
        session.add_all(Scan(person=person, page=page, content=f"page {page}".encode()) for page in range(7))
    use_keys(NEW, OLD)
    assert [str(column) for column in encrypted_columns(Base.metadata)] == ["person.phone", "scan.content"]
    with people.sessions() as session:
        assert rotate(session, Scan.content, batch=3) == 7
        assert rotate(session, Scan.__table__.c.content, batch=3) == 0
    use_keys(NEW)
    with people.session() as session:
        assert session.get(Scan, (person, 6)).content == b"page 6"


def test_an_untimed_value_does_not_tell_when_it_was_written(use_keys) -> None:
    use_keys(NEW)
    column, dialect = encryption.UntimedText(), sqlite.dialect()
    token = column.process_bind_param("满意", dialect)
    assert token is not None
    assert Fernet(NEW).extract_timestamp(token.encode()) == 0
    assert column.process_result_value(token, dialect) == "满意"
    assert column.process_bind_param(None, dialect) is None
