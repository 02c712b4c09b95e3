namespace Billing.TopUps.Carriers;

/// <summary>A prefix's carrier.</summary>
/// <param name="CarrierCode" example="CU">The carrier's code; null where numbers of this prefix are never topped up.</param>
public sealed record SetTopUpPrefixRequest(string? CarrierCode);

/// <summary>A prefix.</summary>
/// <param name="Prefix" example="1704">3 to 5 digits.</param>
/// <param name="CarrierCode" example="CU">The carrier's code; null where its numbers are never topped up.</param>
/// <param name="Version" example="1">Also the ETag.</param>
public sealed record TopUpPrefixResponse(string Prefix, string? CarrierCode, int Version) : IVersionedResponse;

/// <summary>Sets the carrier that a prefix proposes (MT-01.8).</summary>
internal static class SetTopUpPrefix
{
    internal sealed record Command(string Prefix, string? IfMatch, SetTopUpPrefixRequest Body) : IChangeCommand<TopUpPrefixResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/top-up-prefixes/{prefix}",
                    (
                        string prefix,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        SetTopUpPrefixRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(prefix, ifMatch, body), ct)
                )
                .WithName(nameof(SetTopUpPrefix))
                .WithSummary("Set the carrier of a prefix")
                .WithDescription(
                    "The longest prefix of a number proposes its carrier. What is set here holds before the declared table. The ETag is \"0\" "
                        + "before the first change."
                )
                .RequireRight(TopUpRights.KeepCarriers)
                .Changes<TopUpPrefixResponse>()
                .ProducesRefusals<PreconditionRequired, PreconditionFailed>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Prefix).NotNull().Matches("^1[3-9][0-9]{1,3}$");
            RuleFor(c => c.Body.CarrierCode).CarrierCode();
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, TopUpPrefixResponse>
    {
        protected override async Task<Outcome<Booking<TopUpPrefixResponse>>> Decide(Command command, CancellationToken ct)
        {
            var known = await db.Set<TopUpPrefix>().AsNoTracking().SingleOrDefaultAsync(p => p.Prefix == command.Prefix, ct);
            if (EntityTag.Check(command.IfMatch, known?.Version ?? 0) is { } refusal)
            {
                return refusal;
            }

            var (code, version) = (command.Body.CarrierCode, (known?.Version ?? 0) + 1);
            var booking = new Booking<TopUpPrefixResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("set-top-up-prefix", $"top-up-prefix:{command.Prefix}", new { old = known?.CarrierCode, code }),
                _ => Answer.Ok(new TopUpPrefixResponse(command.Prefix, code, version))
            );
            if (known is not null)
            {
                known.CarrierCode = code;
                return booking.Update(known);
            }

            return booking
                .Insert(
                    new TopUpPrefix
                    {
                        Id = Ids.Next(),
                        Prefix = command.Prefix,
                        CarrierCode = code,
                        Version = version,
                    }
                )
                .IfDuplicate(TopUpPrefix.PrefixIndex, new ConcurrentChange());
        }
    }
}
