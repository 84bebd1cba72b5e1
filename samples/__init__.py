"""Made-up referrals, each beside what a careful person would say of it: the demonstration and the golden set in one."""
