"""The member's pages: home, to-dos, activities, calendar, own record and benefits."""
