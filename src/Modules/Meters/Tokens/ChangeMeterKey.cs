using System.Globalization;
using System.Text.Json;
using Meters.Accounts;
using Meters.Carriers.Sts;
using Meters.Documents;
using Meters.Supplies;

namespace Meters.Tokens;

/// <summary>The key that a meter is to have. What is left out stays as it is.</summary>
/// <param name="TariffIndex" example="02">2 digits.</param>
/// <param name="KeyRevision" example="2">1 to 9.</param>
/// <param name="FromBaseDate1993">The meter still counts from 1993: the tokens carry the rollover to 2014, and the meter forgets used
/// identifiers.</param>
public sealed record ChangeMeterKeyRequest(string? TariffIndex = null, int? KeyRevision = null, bool FromBaseDate1993 = false);

/// <summary>The tokens of a key change. The user keys both in, in any order, before the next credit token.</summary>
/// <param name="SerialNumber">The transaction; its paper can be printed again.</param>
/// <param name="Tokens">Two tokens of 20 digits.</param>
/// <param name="TariffIndex" example="02">The tariff index of the new key.</param>
/// <param name="KeyRevision" example="2">Its revision.</param>
public sealed record MeterKeyChanged(string SerialNumber, IReadOnlyList<string> Tokens, string TariffIndex, int KeyRevision);

/// <summary>The meter has this key already.</summary>
public sealed record MeterKeyUnchanged()
    : Refusal(
        "meter-key-unchanged",
        422,
        "The meter has this key. Give another tariff index or key revision.",
        "该表已使用此密钥，请更改费率索引或密钥版本。"
    );

/// <summary>Issues the tokens that change a meter's key (PM-14.1): each is made with the old key and carries half of the new one.</summary>
internal static class ChangeMeterKey
{
    /// <summary>The key does not expire.</summary>
    private const int NoExpiry = 255;

    internal sealed record Command(long SupplyId, ChangeMeterKeyRequest Body) : IBookingCommand<MeterKeyChanged>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-supplies/{supplyId:long}/key-changes",
                    (long supplyId, ChangeMeterKeyRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(supplyId, body), ct)
                )
                .WithName(nameof(ChangeMeterKey))
                .WithOperation("ChangeMeterKey")
                .WithSummary("Change the key of a token meter")
                .WithDescription(
                    "Returns two tokens that give the meter another key. Credit tokens sold from now on need the new key; earlier ones that were not "
                        + "entered stop working with the change."
                )
                .RequireRight(MeterRights.ChangeMeter)
                .Books<MeterKeyChanged>()
                .Refuses(typeof(MeterSupplyNotFound), typeof(TokenTablesMissing), typeof(MeterKeyUnchanged));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SupplyId).GreaterThan(0);
            RuleFor(c => c.Body.TariffIndex).Matches("^[0-9]{2}$");
            RuleFor(c => c.Body.KeyRevision).InclusiveBetween(1, 9);
        }
    }

    internal sealed class Handler(AppDb db, TokenProfile profile, RequestContext request) : BookingHandler<Command, MeterKeyChanged>
    {
        protected override async Task<Outcome<Booking<MeterKeyChanged>>> Decide(Command command, CancellationToken ct)
        {
            var (id, body) = (command.SupplyId, command.Body);
            var supply = await db.Set<MeterSupply>().SingleOrDefaultAsync(s => s.Id == id && s.State == SupplyState.Opened, ct);
            var meter = await db.Set<TokenMeter>().SingleOrDefaultAsync(m => m.SupplyId == id, ct);
            if (supply is null || meter is null)
            {
                return new MeterSupplyNotFound();
            }

            var account = await db.Set<MeterAccount>().SingleAsync(a => a.Id == supply.AccountId, ct);
            var tables = profile.Tables(account);
            if (tables.Refusal is { } noTables)
            {
                return noTables;
            }

            var old = new StsMeter(meter.Pan, account.SupplyGroup!, meter.TariffIndex, meter.KeyRevision, StsKeyType.Unique);
            var next = old with { TariffIndex = body.TariffIndex ?? old.TariffIndex, KeyRevision = body.KeyRevision ?? old.KeyRevision };
            return next == old && !body.FromBaseDate1993
                ? new MeterKeyUnchanged()
                : Booking(supply, meter, Tokens(old, next, body.FromBaseDate1993, tables.Value), next);
        }

        private string[] Tokens(StsMeter old, StsMeter next, bool rollover, StsTables tables)
        {
            var oldKey = profile.Key(old, rollover ? StsBaseDate.Year1993 : StsBaseDate.Year2014);
            var newKey = profile.Key(next, StsBaseDate.Year2014);
            var tariff = int.Parse(next.TariffIndex, CultureInfo.InvariantCulture);
            ulong[] blocks =
            [
                StsBlock.KeyChange1(NoExpiry, next.KeyRevision, rollover, three: false, StsKeyType.Unique, newKey),
                StsBlock.KeyChange2(NoExpiry, tariff, newKey),
            ];
            return [.. blocks.Select(b => StsToken.Encrypt(2, b, oldKey, tables).Text)];
        }

        private Booking<MeterKeyChanged> Booking(MeterSupply supply, TokenMeter meter, string[] tokens, StsMeter next)
        {
            (meter.TariffIndex, meter.KeyRevision) = (next.TariffIndex, next.KeyRevision);
            var details = new MeterKeySlipDetails(supply.UserId, supply.MeterNumber, tokens, next.TariffIndex, next.KeyRevision);
            var booking = new Booking<MeterKeyChanged>(
                Ids.Next(),
                request.Actor,
                new AuditNote("change-meter-key", $"meter-supply:{supply.Id}", new { next.TariffIndex, next.KeyRevision }),
                p =>
                    Answer.Created(
                        $"/v1/transactions/{p.SerialNumber}",
                        new MeterKeyChanged(p.SerialNumber, tokens, next.TariffIndex, next.KeyRevision)
                    )
            );
            return booking
                .WithHead(
                    new Transaction(booking.Id, MeterTransactions.KeyChange, booking.Actor)
                    {
                        Details = JsonSerializer.Serialize(details, Json.Options),
                    }
                )
                .Update(meter);
        }
    }
}
