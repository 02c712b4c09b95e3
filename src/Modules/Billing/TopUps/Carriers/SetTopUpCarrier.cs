using System.Text.Json;

namespace Billing.TopUps.Carriers;

/// <summary>Sets what a carrier offers, its limits and hours (MT-01.9).</summary>
internal static class SetTopUpCarrier
{
    public static readonly ApprovalAction Action = new("set-top-up-carrier", "Maintain a carrier", "运营商维护");

    internal sealed record Command(string CarrierCode, string? IfMatch, SetTopUpCarrierRequest Body) : IChangeCommand<TopUpCarrierResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/top-up-carriers/{carrierCode}",
                    (
                        string carrierCode,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        SetTopUpCarrierRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(carrierCode, ifMatch, body), ct)
                )
                .WithName(nameof(SetTopUpCarrier))
                .WithSummary("Set what a carrier offers")
                .WithDescription(
                    "Needs an approval (action set-top-up-carrier). If-Match carries the ETag that was read; the ETag is \"0\" before the first "
                        + "change. Amounts, limits and hours are checked before a till takes money."
                )
                .RequireRight(TopUpRights.KeepCarriers)
                .Changes<TopUpCarrierResponse>()
                .TakesApproval()
                .ProducesRefusals<PreconditionRequired, PreconditionFailed>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CarrierCode).NotNull().CarrierCode();
            RuleFor(c => c.Body.Name).NotNull().PlainText(TopUpLimits.Name);
            RuleFor(c => c.Body.Amounts).NotNull().Count(0, TopUpLimits.Amounts);
            RuleForEach(c => c.Body.Amounts).InclusiveBetween(1, TopUpLimits.Fen);
            RuleFor(c => c.Body.Least).InclusiveBetween(1, TopUpLimits.Fen);
            RuleFor(c => c.Body.Most).InclusiveBetween(1, TopUpLimits.Fen).GreaterThanOrEqualTo(c => c.Body.Least);
            RuleFor(c => c.Body.ChangeMost).InclusiveBetween(0, 999);
            RuleFor(c => c.Body.DailyCount).InclusiveBetween(1, 1_000);
            RuleFor(c => c.Body.DailyAmount).InclusiveBetween(1, 100_000_000);
            RuleFor(c => c.Body.Opens).NotNull().Matches(DayTime.Form);
            RuleFor(c => c.Body.Closes).NotNull().Matches(DayTime.Form);
            RuleFor(c => c.Body.WarnBelow).InclusiveBetween(0, TopUpLimits.SumFen);
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, TopUpCarrierResponse>
    {
        protected override async Task<Outcome<Booking<TopUpCarrierResponse>>> Decide(Command command, CancellationToken ct)
        {
            var known = await db.Set<TopUpCarrier>().AsNoTracking().SingleOrDefaultAsync(c => c.Code == command.CarrierCode, ct);
            if (EntityTag.Check(command.IfMatch, known?.Version ?? 0) is { } refusal)
            {
                return refusal;
            }

            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(
                    Action,
                    new ApprovalSubject { Facts = [new ApprovalFact("Carrier", "运营商", $"{command.CarrierCode} {command.Body.Name}")] }
                );
            }

            var version = (known?.Version ?? 0) + 1;
            var carrier =
                known
                ?? new TopUpCarrier
                {
                    Id = Ids.Next(),
                    Code = command.CarrierCode,
                    Name = "",
                    Amounts = "[]",
                    Version = version,
                };
            Take(carrier, command.Body);
            var booking = new Booking<TopUpCarrierResponse>(
                Ids.Next(),
                request.ApprovedActor(Action),
                new AuditNote(Action.Name, $"carrier:{carrier.Code}", command.Body),
                _ => Answer.Ok(TopUpCarrierResponse.Of(carrier, version))
            );
            return known is null
                ? booking.Insert(carrier).IfDuplicate(TopUpCarrier.CodeIndex, new ConcurrentChange())
                : booking.Update(carrier);
        }

        private static void Take(TopUpCarrier carrier, SetTopUpCarrierRequest body)
        {
            carrier.Name = body.Name;
            carrier.IsOpen = body.Open;
            carrier.Amounts = JsonSerializer.Serialize(body.Amounts);
            (carrier.Least, carrier.Most, carrier.ChangeMost) = (body.Least, body.Most, body.ChangeMost);
            (carrier.DailyCount, carrier.DailyAmount) = (body.DailyCount, body.DailyAmount);
            (carrier.OpensAt, carrier.ClosesAt) = (DayTime.Minutes(body.Opens), DayTime.Minutes(body.Closes));
            carrier.WarnBelow = body.WarnBelow;
        }
    }
}
