"""The subjects whose sources tell lines; importing them registers the sources."""

from services.welfare.birthdays.use_cases import statement as birthdays
from services.welfare.care.use_cases import statement as care
from services.welfare.care_campaigns.use_cases import statement as care_campaigns
from services.welfare.entitlements.use_cases import statement as entitlements
from services.welfare.examinations.use_cases import statement as examinations
from services.welfare.hardship.use_cases import statement as hardship
from services.welfare.mutual_aid.use_cases import statement as mutual_aid
from services.welfare.programmes.use_cases import statement as programmes
from services.welfare.recuperation.use_cases import statement as recuperation
from services.welfare.visits.use_cases import statement as visits

SUBJECTS = (
    entitlements, visits, birthdays, care, programmes, recuperation, examinations, hardship, care_campaigns, mutual_aid,
)  # fmt: skip
"""The modules `statement` of the use cases of all subjects that have one."""
