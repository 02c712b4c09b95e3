using Counter.Payments;
using Meters.Accounts;
using Meters.Carriers.Sts;
using Meters.Prices;
using Meters.Sales;
using Meters.Supplies;
using Meters.Users;

namespace Meters.Tokens;

/// <summary>Sells a purchase as a token of 20 digits (PM-14.1).</summary>
internal static class SellMeterToken
{
    private const long Tenth = 10;

    internal sealed record Command(long SupplyId, SellMeterTokenRequest Body) : IBookingCommand<MeterTokenSold>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-supplies/{supplyId:long}/tokens",
                    (long supplyId, SellMeterTokenRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(supplyId, body), ct)
                )
                .WithName(nameof(SellMeterToken))
                .WithOperation("SellMeterToken")
                .WithSummary("Sell a token to a meter")
                .WithDescription(
                    "Sells at once and returns a token of 20 digits. The same requestId returns the same token, also under another Idempotency-Key. "
                        + "Tokens for real meters need the licensee's tables."
                )
                .RequireRight(MeterRights.Sell)
                .Books<MeterTokenSold>()
                .Refuses(
                    typeof(MeterSupplyNotFound),
                    typeof(MeterAccountWithoutPrice),
                    typeof(MeterSumTooSmall),
                    typeof(MeterSumTooLarge),
                    typeof(OverMeterPurchaseLimit),
                    typeof(TokenTablesMissing),
                    typeof(MeterTokenRequestReused),
                    typeof(MeterTokensUsedUp),
                    typeof(MeterTokenTenths)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SupplyId).GreaterThan(0);
            RuleFor(c => c.Body.RequestId).NotNull().Matches("^[0-9A-Za-z-]{1,64}$");
            this.Sum(c => c.Body.Quantity, c => c.Body.Amount);
            this.PaidBy(c => c.Body.PaymentMethod);
        }
    }

    internal sealed class Handler(AppDb db, SaleDesk desk, TokenProfile profile, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, MeterTokenSold>
    {
        protected override async Task<Outcome<Booking<MeterTokenSold>>> Decide(Command command, CancellationToken ct)
        {
            var (id, body) = (command.SupplyId, command.Body);
            var supply = await db.Set<MeterSupply>().SingleOrDefaultAsync(s => s.Id == id && s.State == SupplyState.Opened, ct);
            var meter = await db.Set<TokenMeter>().SingleOrDefaultAsync(m => m.SupplyId == id, ct);
            if (supply is null || meter is null)
            {
                return new MeterSupplyNotFound();
            }

            if (await db.Set<MeterToken>().SingleOrDefaultAsync(t => t.SupplyId == id && t.RequestId == body.RequestId, ct) is { } before)
            {
                return body.Quantity is { } asked && asked != before.Quantity ? new MeterTokenRequestReused() : Again(before, body);
            }

            var account = await db.Set<MeterAccount>().SingleAsync(a => a.Id == supply.AccountId, ct);
            var tables = profile.Tables(account);
            if (tables.Refusal is { } noTables)
            {
                return noTables;
            }

            var today = await desk.Today(ct);
            var price = await desk.Price(supply.PriceId, today, ct);
            if (price.Refusal is { } noPrice)
            {
                return noPrice;
            }

            var sold = supply.SoldIn(price.Value.Price.YearOf(today));
            var priced = Tenths(body, price.Value.Tariff, sold);
            return priced.Refusal is { } refusal
                ? refusal
                : await Booking(command, supply, meter, account, price.Value, priced.Value, tables.Value, today, ct);
        }

        /// <summary>A token carries whole tenths: by money, what is over a tenth is not sold.</summary>
        private static Outcome<Priced> Tenths(SellMeterTokenRequest body, Tariff tariff, long sold)
        {
            if (body.Quantity % Tenth is > 0)
            {
                return new MeterTokenTenths();
            }

            var priced = SaleDesk.Price(body, tariff, sold, StsAmount.MostUnits * Tenth);
            if (priced.Refusal is not null || priced.Value.Quantity % Tenth == 0)
            {
                return priced;
            }

            var whole = priced.Value.Quantity / Tenth * Tenth;
            return whole == 0 ? new MeterSumTooSmall() : tariff.Cost(sold, whole);
        }

        private Booking<MeterTokenSold> Again(MeterToken before, SellMeterTokenRequest body) =>
            new(
                Ids.Next(),
                request.Actor,
                new AuditNote("sell-meter-token-again", $"meter-supply:{before.SupplyId}"),
                _ => Answer.Created(Location(before.Id), Sold(before, before.BusinessDate, body))
            );

        private async Task<Outcome<Booking<MeterTokenSold>>> Booking(
            Command command,
            MeterSupply supply,
            TokenMeter meter,
            MeterAccount account,
            PriceInForce price,
            Priced priced,
            StsTables tables,
            DateOnly today,
            CancellationToken ct
        )
        {
            var now = clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime;
            if (StsTime.Next(now, StsBaseDate.Year2014, meter.LastMinute) is not { } minute)
            {
                return new MeterTokensUsedUp();
            }

            var field = StsAmount.Encode(priced.Quantity / Tenth);
            var key = profile.Key(
                new StsMeter(meter.Pan, account.SupplyGroup!, meter.TariffIndex, meter.KeyRevision, StsKeyType.Unique),
                StsBaseDate.Year2014
            );
            var random = System.Security.Cryptography.RandomNumberGenerator.GetInt32(16);
            var block = StsBlock.Credit(What(account.MeterType), random, minute, field);
            var text = StsToken.Encrypt(0, block, key, tables).Text;
            var user = await db.Set<MeterUser>().SingleAsync(u => u.Id == supply.UserId, ct);
            var transaction = Ids.Next();
            var token = new MeterToken
            {
                Id = transaction,
                SupplyId = supply.Id,
                RequestId = command.Body.RequestId,
                Token = text,
                Minute = minute,
                Quantity = priced.Quantity,
                Credited = StsAmount.Decode(field) * Tenth,
                Amount = priced.Amount,
            };
            var year = price.Price.YearOf(today);
            var booking = new Booking<MeterTokenSold>(
                transaction,
                request.Actor,
                new AuditNote("sell-meter-token", $"meter-supply:{supply.Id}", new { token.Quantity, token.Amount }),
                p => Answer.Created(Location(transaction), Sold(token, p.BusinessDate, command.Body))
            );
            var sale = TokenRows.Sale(booking, supply, price, priced, year, command.Body.PaymentMethod);
            supply.Count(year, priced.Quantity);
            (supply.Seq, supply.LastSaleId) = (supply.Seq + 1, transaction);
            (meter.LastMinute, meter.LastTokenId) = (minute, transaction);
            return booking
                .WithHead(TokenRows.Head(booking, supply, account, price, user, token, priced, command.Body.PaymentMethod))
                .Insert(token)
                .Insert(sale)
                .Update(supply)
                .Update(meter)
                .Move(command.Body.PaymentMethod.AccountAt(request.Actor)!.Value, account.Sales, priced.Amount)
                .Raise(MeterEvents.Sold.Of(supply.Id, new MeterSold(IdText.Of(supply.Id), "token", priced.Quantity, priced.Amount)));
        }

        private static StsCredit What(MeterType type) =>
            type switch
            {
                MeterType.Water => StsCredit.Water,
                MeterType.Gas => StsCredit.Gas,
                _ => StsCredit.Electricity,
            };

        private static string Location(long id) => $"/v1/transactions/{SerialNumber.Of(id)}";

        private static MeterTokenSold Sold(MeterToken token, DateOnly date, SellMeterTokenRequest body) =>
            Shown(token, date) with
            {
                Back = body.Amount is { } given ? given - token.Amount : 0,
            };
    }

    internal static MeterTokenSold Shown(MeterToken token, DateOnly date) =>
        new(SerialNumber.Of(token.Id), token.Token, token.Quantity, token.Credited, token.Amount, 0, date);
}
