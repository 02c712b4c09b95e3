-- The floor: what a specialist would write for one booking, as one function in the database and one transaction each. It does what the
-- product does for a collection: known key answered, branch day held, card and customer looked at, account locked, head, two entries, balance, audit record and answer
-- under the key. Left out are signing in, rights, validation, HTTP, and the serial number's check digit.
create sequence if not exists floor_ids;
create or replace view floor_cards as
select row_number() over (order by c."Number") as place, c."Number" as number
from cards c join customers k on k."Id" = c."CustomerId" where k."CertificateNumber" like 'BENCH%';
create table if not exists floor_places as select place::int as place, number from floor_cards;
create unique index if not exists floor_place on floor_places (place);
create table if not exists floor_teller as select "Id" as operator, "BranchId" as branch from operators where "Login" = 'benchmark';

create or replace function floor_collect(p_card text, p_amount bigint, p_key text, p_operator bigint, p_branch bigint) returns bytea
language plpgsql as $$
declare
    v_at timestamptz := clock_timestamp();
    v_id bigint := (floor(extract(epoch from v_at - '2026-01-01Z'::timestamptz) * 1000)::bigint << 22) | (1022::bigint << 12)
        | (nextval('floor_ids') & 4095);
    v_serial text := lpad(v_id::text, 20, '0');
    v_answer bytea;
    v_day date;
    v_balance bigint;
    v_version int;
    v_record bigint;
    v_card record;
begin
    v_record := ('x' || encode(substr(sha256(convert_to(p_operator || ' CollectPayment ' || p_key, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint;
    select "Body" into v_answer from idempotency_records where "Id" = v_record;
    if found then return v_answer; end if;
    select "BusinessDate" into strict v_day from branch_days where "BranchId" = p_branch for share;
    select c."Id" as card, c."State" as state, c."ValidTo" as valid_to, k."Id" as customer, k."State" as customer_state, k."Code" as code into strict v_card
    from cards c join customers k on k."Id" = c."CustomerId" where c."Number" = p_card;
    if v_card.state <> 'Active' or v_card.customer_state <> 'Active' or v_card.valid_to < v_day then raise 'not usable'; end if;
    select "Balance", "Version" into v_balance, v_version from accounts where "Kind" = 1 and "Owner" = v_card.customer for update;
    if not found then
        insert into accounts values (1, v_card.customer, 0, 0);
        v_balance := 0; v_version := 0;
    end if;
    v_balance := v_balance + p_amount; v_version := v_version + 1;
    if v_balance < 0 then raise 'short'; end if;
    insert into transactions ("Id", "Type", "BranchId", "OperatorId", "BusinessDate", "BookedAt", "CustomerId", "CardId", "Amount", "Bonus", "Points",
        "Fee", "Deposit", "PaymentMethod", "Details")
    values (v_id, 'collection', p_branch, p_operator, v_day, v_at, v_card.customer, v_card.card, p_amount, 0, 0, 0, 0, 'Cash',
        '{"oilType":"gasoline92","contractCode":null,"invoiceNumber":null}');
    insert into entries
    values (1, v_card.customer, v_version, v_id, p_amount, v_balance, v_day, v_at), (21, p_operator, v_id, v_id, -p_amount, null, v_day, v_at);
    update accounts set "Balance" = v_balance, "Version" = v_version where "Kind" = 1 and "Owner" = v_card.customer;
    insert into audit_records ("Id", "At", "BranchId", "OperatorId", "Action", "Subject", "Outcome")
    values (v_id, v_at, p_branch, p_operator, 'collect-payment', 'card:' || v_card.card, 'done');
    v_answer := convert_to('{"serialNumber":"' || v_serial || '","cardNumber":"' || p_card || '","customerCode":"' || v_card.code
        || '","amount":' || p_amount || ',"bonus":0,"points":0,"quotaBalance":' || v_balance || ',"businessDate":"' || v_day || '","bookedAt":"' || v_at
        || '","documents":[{"kind":"advance-receipt","href":"/v1/transactions/' || v_serial || '/documents/advance-receipt"}]}', 'UTF8');
    insert into idempotency_records ("Id", "Key", "CallerId", "Operation", "RequestHash", "Status", "Location", "Body", "CreatedAt")
    values (v_record, p_key, p_operator, 'CollectPayment', sha256(convert_to(p_card || p_amount, 'UTF8')), 201, '/v1/transactions/' || v_serial,
        v_answer, v_at);
    return v_answer;
end $$;

-- What pgbench calls: the card by its place, so that no table is asked for it that the product does not ask.
create or replace function floor_collect(p_place int, p_amount bigint, p_key bigint) returns void language sql as $$
    select floor_collect(f.number, p_amount, md5('floor' || p_key || random()), t.operator, t.branch) from floor_places f, floor_teller t
    where f.place = p_place
$$;
grant all on floor_places, floor_teller, floor_ids to fuel;
analyze floor_places;
