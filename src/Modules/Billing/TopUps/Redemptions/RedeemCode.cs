using Billing.TopUps.Sales;
using Microsoft.Extensions.Configuration;

namespace Billing.TopUps.Redemptions;

/// <summary>Checks a code or password with the carrier, and holds it for the receipt (MT-02.1, MT-02.2, MT-02.4).</summary>
internal static class RedeemCode
{
    internal sealed record Command(RedeemCodeRequest Body) : ILongBookingCommand<RedemptionResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/redemptions", (RedeemCodeRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct))
                .WithName(nameof(RedeemCode))
                .WithOperation("RedeemCode")
                .WithSummary("Check a code of points or of a coupon")
                .WithDescription(
                    "The answer has the state authenticated with what the code is worth, or authenticationFailed. Nothing is redeemed until the till "
                        + "confirms with the printed receipt. A code without a receipt is released after the minutes of the parameter "
                        + "redemption-release-minutes. Five wrong codes in a row stop the till."
                )
                .RequireRight(TopUpRights.Redeem)
                .Books<RedemptionResponse>()
                .ProducesRefusals<TillStopped, CarrierSilent, ReceiptDateWrong>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Kind).IsInEnum();
            RuleFor(c => c.Body.Code).NotNull().Matches(RedemptionCodes.Form);
            RuleFor(c => c.Body.TillNumber).NotNull().TillNumber();
        }
    }

    internal sealed class Handler(
        AppDb db,
        Intents intents,
        RedemptionSteps steps,
        RedemptionCodes codes,
        RequestContext request,
        TimeProvider clock,
        IConfiguration configuration
    ) : BookingHandler<Command, RedemptionResponse>
    {
        protected override async Task<Outcome<Booking<RedemptionResponse>>> Decide(Command command, CancellationToken ct)
        {
            var (body, key) = (command.Body, RequestKeys.Of(request.Claim!));
            // From here on nothing stops because the caller went away.
            var intent = await intents.Open(
                () => db.Set<Redemption>().AsNoTracking().SingleOrDefaultAsync(r => r.RequestKey == key, CancellationToken.None),
                () => Open(key, body, CancellationToken.None)
            );
            if (intent.Refusal is { } refusal)
            {
                return refusal;
            }

            var redemption = intent.Value;
            if (redemption is { State: RedemptionState.Checking, Advice: RedemptionAdvice.None })
            {
                redemption = await steps.Check(redemption, body.Code);
            }

            if (redemption.State == RedemptionState.Checking)
            {
                return new CarrierSilent();
            }

            var response = RedemptionResponse.Of(redemption, request.Caller.BranchCode);
            return new Booking<RedemptionResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("redeem-code", $"redemption:{redemption.Id}", new { redemption.State }),
                _ => Answer.Created(RedemptionResponse.Location(redemption), response)
            );
        }

        private async Task<Outcome<Intent>> Open(string key, RedeemCodeRequest body, CancellationToken ct)
        {
            var (now, branchId) = (clock.GetUtcNow().UtcDateTime, request.Caller.BranchId);
            if (Math.Abs(body.ReceiptDate.DayNumber - ChinaCalendar.Today(clock).DayNumber) > 1)
            {
                return new ReceiptDateWrong();
            }

            var till = await db.Set<RedemptionTill>()
                .AsNoTracking()
                .SingleOrDefaultAsync(t => t.BranchId == branchId && t.TillNumber == body.TillNumber, ct);
            if (till is not null && (till.StoppedUntil > now.Ticks || till.Wrong >= RedemptionTill.Most))
            {
                return new TillStopped(new DateTime(Math.Max(till.StoppedUntil, now.Ticks), DateTimeKind.Utc).AtUtc());
            }

            var redemption = new Redemption
            {
                Id = Ids.Next(),
                RequestKey = key,
                Kind = body.Kind,
                BranchId = branchId,
                OperatorId = request.Caller.OperatorId,
                TillNumber = body.TillNumber,
                ReceiptDate = body.ReceiptDate,
                CodeHead = body.Code[..RedemptionCodes.Head],
                CodeHash = codes.Hash(body.Code),
                State = RedemptionState.Checking,
                // Longer than the check takes: only a killed process leaves one that nobody ends.
                AskAt = now + configuration.GetValue("TopUps:Sending", TimeSpan.FromSeconds(30)),
                Version = 1,
            };
            var booking = new SilentBooking(redemption.Id, request.Actor, new AuditNote("check-code", $"redemption:{redemption.Id}"))
                .Insert(redemption)
                .IfDuplicate(Redemption.RequestIndex, new ConcurrentChange())
                .IfDuplicate(RedemptionTill.TillIndex, new ConcurrentChange());
            return new Intent(Count(booking, till, branchId, body.TillNumber), []);
        }

        /// <summary>Counts as wrong until it is right, so that not even sixteen checks at once are more than five guesses.</summary>
        private static SilentBooking Count(SilentBooking booking, RedemptionTill? till, long branchId, string number)
        {
            if (till is null)
            {
                return booking.Insert(
                    new RedemptionTill
                    {
                        Id = Ids.Next(),
                        BranchId = branchId,
                        TillNumber = number,
                        Wrong = 1,
                        Version = 1,
                    }
                );
            }

            till.Wrong++;
            return booking.Update(till);
        }
    }
}
