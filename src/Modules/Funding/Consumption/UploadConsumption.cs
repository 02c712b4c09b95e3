using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Idempotency;

namespace Funding.Consumption;

/// <summary>
/// Takes station consumption (FC-39.1, FC-39.2): each record once by card and counter, its TAC checked; what cannot be booked is set aside
/// and refuses none of its neighbours.
/// </summary>
internal static class UploadConsumption
{
    public const int MaxRecords = 10_000;
    private const int MaxBytes = 6 * 1024 * 1024;

    internal sealed record Command(UploadConsumptionRequest Body) : ILongBookingCommand<UploadConsumptionResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/consumption",
                    (UploadConsumptionRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(UploadConsumption))
                .WithOperation("UploadConsumption")
                .WithSummary("Upload station consumption")
                .WithDescription(
                    "Uploads up to 10,000 records and 6 MiB, in any order and of any age. Replaced and closed cards are included. Each "
                        + "record counts once per card and counter, no matter who sends it or how many times. A record that cannot be "
                        + "booked is set aside and named in the response. It does not affect other records."
                )
                .WithMetadata(new BodyLimit(MaxBytes))
                .RequireRight(ConsumptionRights.Upload)
                .Books<UploadConsumptionResponse>(StatusCodes.Status200OK);
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        private const int MaxText = 32;

        public Validator()
        {
            RuleFor(c => c.Body.Records)
                .Count(1, MaxRecords)
                .WithErrorCode("Count")
                .WithMessage("Give 1 to 10,000 records.", "须为 1 至 10,000 条记录。");
            RuleFor(c => c.Body.Records).Must(r => r is null || r.All(IsBounded)).WithErrorCode("record-too-long");
        }

        /// <summary>
        /// Only what could not even be kept refuses the upload: everything else that is wrong with a record sets that record aside.
        /// </summary>
        private static bool IsBounded(StationConsumption? r) =>
            r is not null
            && IsShort(r.CardNumber)
            && IsShort(r.StationCode)
            && IsShort(r.Terminal)
            && IsShort(r.OilType)
            && (r.Tac is null || IsShort(r.Tac))
            && (r.Lock is null || IsShort(r.Lock.GreyTac));

        private static bool IsShort(string text) => text.Length <= MaxText;
    }

    internal sealed class Handler(ConsumptionIntake intake, RequestContext request) : BookingHandler<Command, UploadConsumptionResponse>
    {
        protected override async Task<Outcome<Booking<UploadConsumptionResponse>>> Decide(Command command, CancellationToken ct)
        {
            // The records are booked before the answer is. Each counts once by its own key, so doing this again books nothing twice, and the
            // upload's number is made from its key, so that it knows its own records again and gives the same answer.
            var taken = await intake.Take(request.Actor, BatchId(request.Claim!), command.Body.Records, CancellationToken.None);
            return taken.Refusal is { } refused ? refused : Answered(taken.Value);
        }

        private Booking<UploadConsumptionResponse> Answered(UploadConsumptionResponse response) =>
            new(
                Ids.Next(),
                request.Actor,
                new AuditNote("upload-consumption", "consumption", new { response.Received, response.Booked }),
                _ => Answer.Ok(response)
            );

        private static long BatchId(IdempotencyClaim claim)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Span<byte> caller = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(caller, claim.CallerId);
            hash.AppendData(caller);
            hash.AppendData(Encoding.ASCII.GetBytes(claim.Key));
            hash.AppendData(claim.RequestHash);
            return BinaryPrimitives.ReadInt64BigEndian(hash.GetHashAndReset()) & long.MaxValue;
        }
    }
}
