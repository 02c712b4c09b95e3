-- Fills the books with :count earlier collections over the benchmark's cards, as the product would have booked them in the last 20 days.
-- For a database that holds none yet: sequences and balances begin at the first. Set by set, and the indexes are made afterwards; the books check proves the result.
\set ON_ERROR_STOP on
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set work_mem = '256MB';

create temp table indexes as
select conrelid::regclass as "table", format('alter table %s drop constraint %I', conrelid::regclass, conname) as "drop",
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
from pg_constraint
where contype = 'p' and conrelid in ('transactions'::regclass, 'entries'::regclass, 'audit_records'::regclass, 'idempotency_records'::regclass)
union all
select indrelid::regclass, format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
from pg_index
where not indisprimary and indrelid in ('transactions'::regclass, 'entries'::regclass, 'audit_records'::regclass, 'idempotency_records'::regclass);

create temp table people as
select row_number() over (order by c."Number") - 1 as place, c."Id" as card, c."Number" as number, k."Id" as customer, k."Code" as code,
    o."Id" as operator, o."BranchId" as branch
from cards c join customers k on k."Id" = c."CustomerId" join operators o on o."BranchId" = c."BranchId" and o."Login" = 'benchmark'
where k."CertificateNumber" like 'BENCH%';

-- One amount for each customer: the balance after the n-th is then n times the amount. Ids as Ids.Next() gives them, of a node that no process has.
create temp table earlier as
select i, (milliseconds << 22) | (1023::bigint << 12) as id, '2026-01-01Z'::timestamptz + milliseconds * interval '1 millisecond' as at,
    p.*, 1 + i / 1000 as nth, 1000 + place as amount
from generate_series(0, :count - 1) as i
join people p on p.place = i % 1000
cross join lateral (
    select (extract(epoch from now() - '2026-01-01Z'::timestamptz - interval '20 days') * 1000)::bigint + i * (19 * 86400000::bigint / :count)
) as t(milliseconds);

do $$ declare i record; begin for i in select "drop" from indexes loop execute i."drop"; end loop; end $$;

insert into transactions ("Id", "Type", "BranchId", "OperatorId", "BusinessDate", "BookedAt", "CustomerId", "CardId", "Amount", "Bonus", "Points", "Fee",
    "Deposit", "PaymentMethod", "Details")
select id, 'collection', branch, operator, (at at time zone 'Asia/Shanghai')::date, at, customer, card, amount, 0, 0, 0, 0, 'Cash',
    '{"oilType":"gasoline92","contractCode":null,"invoiceNumber":null}'
from earlier;

insert into entries ("Kind", "Owner", "Sequence", "TransactionId", "Amount", "BalanceAfter", "BusinessDate", "BookedAt")
select kind, owner, sequence, id, side, after, (at at time zone 'Asia/Shanghai')::date, at
from earlier cross join lateral (values (1, customer, nth, amount, nth * amount), (21, operator, id, -amount, null))
    as e(kind, owner, sequence, side, after);

insert into accounts ("Kind", "Owner", "Balance", "Version") select 1, customer, max(nth * amount), max(nth) from earlier group by customer;

insert into idempotency_records ("Id", "Key", "CallerId", "Operation", "RequestHash", "Status", "Location", "Body", "CreatedAt")
select ('x' || encode(substr(sha256(convert_to(operator || ' CollectPayment ' || md5('earlier' || i), 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint,
    md5('earlier' || i), operator, 'CollectPayment', sha256(int8send(id)), 201, '/v1/transactions/' || serial, convert_to(
    '{"serialNumber":"' || serial || '","cardNumber":"' || number || '","customerCode":"' || code || '","amount":' || amount
    || ',"bonus":0,"points":0,"quotaBalance":' || nth * amount || ',"businessDate":"' || (at at time zone 'Asia/Shanghai')::date
    || '","bookedAt":"' || at || '","documents":[{"kind":"advance-receipt","href":"/v1/transactions/' || serial || '/documents/advance-receipt"}]}', 'UTF8'), at
from earlier cross join lateral (select lpad(id::text, 20, '0')) as s(serial);

insert into audit_records ("Id", "At", "BranchId", "OperatorId", "Action", "Subject", "Outcome")
select id, at, branch, operator, 'collect-payment', 'card:' || card, 'done' from earlier;

do $$ declare i record; begin for i in select make from indexes loop execute i.make; end loop; end $$;
vacuum analyze;
