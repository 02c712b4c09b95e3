using Billing.TopUps.Line;

namespace Billing.TopUps.Sales;

/// <summary>What a carrier tells of its own accord.</summary>
/// <param name="Id" example="150224112025602">The top-up, by our id.</param>
/// <param name="State" example="succeeded">applying, succeeded or failed.</param>
/// <param name="Carrier" example="CM">The carrier that has the number.</param>
/// <param name="Serial" example="YD0000000001">The carrier's serial number; null where it did not credit.</param>
/// <param name="Code" example="number-unknown">Why it failed; null where it did not.</param>
/// <param name="Amount" example="5000">Fen.</param>
/// <param name="Day">The carrier's date; null where it says none.</param>
public sealed record CarrierCallBackRequest(
    string Id,
    string State,
    string? Carrier,
    string? Serial,
    string? Code,
    long Amount,
    DateOnly? Day
);

/// <summary>A call-back was taken.</summary>
/// <param name="Taken" example="true">False where it had been taken before.</param>
public sealed record CallBackTaken(bool Taken);

/// <summary>The signature is missing, wrong or too old.</summary>
public sealed record CallBackNotSigned()
    : Refusal("call-back-not-signed", 401, "The call-back is not signed, or its signature is too old.", "回调签名缺失、错误或已过期。");

/// <summary>Takes a carrier's call-back: signed, once each, in any order (MT-01.10).</summary>
internal static class TakeCallBack
{
    internal sealed record Command(string? Number, string? Stamp, string? Signature, CarrierCallBackRequest Body)
        : IWorkCommand<CallBackTaken>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-up-call-backs",
                    (
                        [FromHeader(Name = "webhook-id")] string? number,
                        [FromHeader(Name = "webhook-timestamp")] string? stamp,
                        [FromHeader(Name = "webhook-signature")] string? signature,
                        CarrierCallBackRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Work(new Command(number, stamp, signature, body), r => Results.Json(r, Json.Options), ct)
                )
                .WithName(nameof(TakeCallBack))
                .WithSummary("Take a carrier's call-back")
                .WithDescription(
                    "The carrier signs id, time and body as the Standard Webhooks have it (HMAC-SHA256). A call-back is taken once. What contradicts "
                        + "an end changes nothing and is listed as an exception."
                )
                .AllowEverybody("the signature is the proof")
                .Reads<CallBackTaken>()
                .ProducesRefusals<ValidationFailed, CallBackNotSigned, TopUpUnknown>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Id).NotNull().IdText();
            RuleFor(c => c.Body.State).NotNull().Matches("^(applying|succeeded|failed)$");
            RuleFor(c => c.Body.Carrier).CarrierCode();
            RuleFor(c => c.Body.Serial).PlainText(TopUpLimits.Serial);
            RuleFor(c => c.Body.Code).PlainText(TopUpLimits.Serial);
            RuleFor(c => c.Body.Amount).InclusiveBetween(0, TopUpLimits.Fen);
        }
    }

    internal sealed class Handler(
        AppDb db,
        Books books,
        TopUpSteps steps,
        CallBackSignature signatures,
        RequestContext request,
        TimeProvider clock
    ) : WorkHandler<Command, CallBackTaken>
    {
        protected override async Task<Outcome<CallBackTaken>> Run(Command command, CancellationToken ct)
        {
            if (!signatures.IsGood(command.Number, command.Stamp, command.Signature, request.Body.Span))
            {
                return new CallBackNotSigned();
            }

            var (number, body, id) = (command.Number!, command.Body, IdText.Parse(command.Body.Id));
            if (await db.Set<CallBack>().AnyAsync(c => c.Number == number, ct))
            {
                return new CallBackTaken(false);
            }

            var topUp = await db.Set<TopUp>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct);
            if (topUp is null)
            {
                return new TopUpUnknown();
            }

            // The step first: a call-back that is kept and not heard would be lost, one that is heard twice changes nothing.
            await steps.Told(
                topUp,
                new CarrierTopUpState(body.Id, body.State, body.Carrier, body.Serial, body.Code, body.Amount, body.Day)
            );
            var taken = new CallBack
            {
                Id = Ids.Next(),
                Number = number,
                TopUpId = topUp.Id,
                TakenAt = clock.GetUtcNow().UtcDateTime,
            };
            var kept = await books.Post(
                new SilentBooking(
                    taken.Id,
                    new Actor(topUp.BranchId, topUp.OperatorId),
                    new AuditNote("take-call-back", $"top-up:{topUp.Id}", new { number })
                )
                    .Insert(taken)
                    .IfDuplicate(CallBack.NumberIndex, new ConcurrentChange())
            );
            return new CallBackTaken(kept is BookingResult.Answered);
        }
    }
}
