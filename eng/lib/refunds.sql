-- Two customers whose quota accounts hold 100 and :entries entries, as the product would have booked them in the last 20 days: of ten
-- transactions one collects 10.00 yuan in cash and nine set 1.11 yuan aside for the card. For a database that holds nothing of them yet; the books check proves it.
\set ON_ERROR_STOP on
set synchronous_commit = off;
set work_mem = '256MB';

create temp table people as
select c."Id" as card, k."Id" as customer, o."Id" as operator, o."BranchId" as branch, row_number() over (order by c."Number") as place
from cards c join customers k on k."Id" = c."CustomerId" join operators o on o."BranchId" = c."BranchId" and o."Login" = 'benchmark'
where k."CertificateNumber" like 'BENCH%'
order by c."Number" limit 2;

-- Of the i-th transaction: its kind, and what the quota account and the reserve account hold after it. Ids as Ids.Next() gives them.
create temp table earlier as
select p.*, i, (milliseconds << 22) | ((1020 + place) << 12) as id, '2026-01-01Z'::timestamptz + milliseconds * interval '1 millisecond' as at,
    i % 10 = 1 as collects, i - (i + 9) / 10 as allocations, 1000 * ((i + 9) / 10) - 111 * (i - (i + 9) / 10) as quota
from people p cross join lateral generate_series(1, case place when 1 then 100 else :entries end::bigint) as i
cross join lateral (
    select (extract(epoch from now() - '2026-01-01Z'::timestamptz - interval '20 days') * 1000)::bigint
        + i * (19 * 86400000::bigint / case place when 1 then 100 else :entries end)
) as t(milliseconds);

insert into transactions ("Id", "Type", "BranchId", "OperatorId", "BusinessDate", "BookedAt", "CustomerId", "CardId", "Amount", "Bonus",
    "Points", "Fee", "Deposit", "PaymentMethod", "Details")
select id, case when collects then 'collection' else 'allocation' end, branch, operator, (at at time zone 'Asia/Shanghai')::date, at, customer, card,
    case when collects then 1000 else 111 end, 0, 0, 0, 0, case when collects then 'Cash' end,
    case when collects then '{"oilType":"gasoline92","contractCode":null,"invoiceNumber":null}' end
from earlier;

insert into entries ("Kind", "Owner", "Sequence", "TransactionId", "Amount", "BalanceAfter", "BusinessDate", "BookedAt")
select kind, owner, sequence, id, side, after, (at at time zone 'Asia/Shanghai')::date, at
from earlier cross join lateral (
    select 1, customer, i, case when collects then 1000 else -111 end, quota
    union all select 21, operator, id, -1000, null where collects
    union all select 2, card, allocations, 111, allocations * 111 where not collects
) as e(kind, owner, sequence, side, after);

insert into accounts ("Kind", "Owner", "Balance", "Version")
select 1, customer, (array_agg(quota order by i desc))[1], max(i) from earlier group by customer
union all select 2, card, max(allocations) * 111, max(allocations) from earlier group by card;

insert into audit_records ("Id", "At", "BranchId", "OperatorId", "Action", "Subject", "Outcome")
select id, at, branch, operator, case when collects then 'collect-payment' else 'allocate' end, 'card:' || card, 'done' from earlier;

vacuum analyze;
