"""Made-up mails and forms beside what a person expects of them."""
