"""The coordinator's pages: people of a centre, cohorts, enrolment in bulk."""
