-- A unit with a main card, and :cards cards of as many customers, for recharge lists: as issuing would have left them. The unit pays in over the API.
\set ON_ERROR_STOP on
set synchronous_commit = off;

create function pg_temp.with_check(body text) returns text language sql immutable as $$
    select body || (10 - sum(case when (length(body) - i) % 2 = 0 then d * 2 - case when d > 4 then 9 else 0 end else d end) % 10) % 10
    from generate_series(1, length(body)) as i cross join lateral (select substr(body, i, 1)::int) as t(d)
$$;

create temp table listed as
select i, (milliseconds << 22) | (1023::bigint << 12) as customer, (milliseconds << 22) | (1023::bigint << 12) | 1 as card,
    pg_temp.with_check((200000000 + i)::text) as code,
    pg_temp.with_check(b."IssuerCode" || (800000000 + i)::text) as number, b."BranchId" as branch, b."IssuerCode" as issuer, b."Profile" as profile
from generate_series(0, :cards) as i
cross join (select * from cards order by "Number" desc limit 1) as b
cross join lateral (
    select (extract(epoch from now() - '2026-01-01Z'::timestamptz - interval '30 days') * 1000)::bigint + i
) as t(milliseconds);

-- The first is the unit.
insert into customers ("Id", "Code", "Kind", "Use", "State", "BranchId", "Name", "CertificateType", "CertificateNumber", "Phone", "Gender", "InvoiceType",
    "OpenedAt", "Version")
select customer, code, case when i = 0 then 'Organisation' else 'Person' end, case when i = 0 then 'MultiUser' else 'SingleUser' end, 'Active', branch,
    case when i = 0 then '压测单位' else '压测持卡人' || i end, 'Other', 'BATCH' || i, '10000000000', 'Unstated', 'Ordinary', now(), 0
from listed;

insert into cards ("Id", "Number", "Type", "State", "CustomerId", "BranchId", "IssuerCode", "Profile", "ValidFrom", "ValidTo", "CreatedAt", "MainOf", "Version")
select card, number, case when i = 0 then 'OrganisationMain' else 'PersonalSingle' end, 'Active', customer, branch, issuer, profile, current_date,
    current_date + 3650, now(), case when i = 0 then customer end, 0
from listed;

analyze customers;
analyze cards;
