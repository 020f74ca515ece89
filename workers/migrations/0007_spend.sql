-- A company caps what its reps' models cost, one by one; a call whose cost is unknown counts with the most it can be.

ALTER TABLE companies ADD COLUMN rep_spend_cap_micros INTEGER CHECK (rep_spend_cap_micros >= 0);
ALTER TABLE spend_ledger ADD COLUMN unknown_micros INTEGER CHECK (unknown_micros >= 0);
ALTER TABLE spend_months ADD COLUMN calls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE spend_months ADD COLUMN unknown_micros INTEGER NOT NULL DEFAULT 0;
