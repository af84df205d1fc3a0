"""Files of a person, applicant or member: photo and documents. They are kept by the chassis, without a table here."""
