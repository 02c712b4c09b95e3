using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Requests;

namespace Platform.Documents;

/// <summary>A printing of a document.</summary>
/// <param name="SerialNumber" example="00000000000000000018">业务流水号.</param>
/// <param name="Kind" example="advance-receipt">The kind's stable name.</param>
/// <param name="Number" example="2">1 for the original, then 2, 3, … for reprints.</param>
/// <param name="Reprint" example="true">Whether the printing is marked as a reprint.</param>
/// <param name="PrintedAt">When, UTC.</param>
/// <param name="PrintedBy" example="zhang">The login of the operator who printed it.</param>
/// <param name="Address" example="/v1/transactions/00000000000000000018/documents/advance-receipt/printings/2">URL of the page. Without a
/// copy mark for ten minutes, then marked 副本.</param>
public sealed record PrintingResponse(
    string SerialNumber,
    string Kind,
    int Number,
    bool Reprint,
    DateTime PrintedAt,
    string PrintedBy,
    string Address
);

/// <summary>
/// Gives a printing its number and records who prints when (PL-05.2). It takes an Idempotency-Key, so that asking again after a lost answer does
/// not make the first paper a reprint.
/// </summary>
internal static class PrintDocument
{
    internal sealed record Command(string SerialNumber, string Kind) : IBookingCommand<PrintingResponse>;

    internal sealed record TooManyPrintings()
        : Refusal("too-many-printings", 409, $"The document has been printed {DocumentPrinting.MaxNumber} times.", "打印次数已达上限。");

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/transactions/{serialNumber}/documents/{kind}/printings",
                    (string serialNumber, string kind, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber, kind), ct)
                )
                .WithName(nameof(PrintDocument))
                .WithOperation("PrintDocument")
                .WithSummary("Print a document")
                .WithDescription(
                    "Records the printing and returns its number. The page is at `address`. Every printing after the first is a reprint."
                )
                .RequireRight(DocumentRights.Print)
                .Books<PrintingResponse>()
                .RefusesOutOfReach()
                .ProducesRefusals<NotFound, TooManyPrintings>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SerialNumber).SerialNumber();
            RuleFor(c => c.Kind).Length(1, 40);
        }
    }

    internal sealed class Handler(AppDb db, DocumentDesk desk, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, PrintingResponse>
    {
        protected override async Task<Outcome<Booking<PrintingResponse>>> Decide(Command command, CancellationToken ct)
        {
            var found = await desk.One(command.SerialNumber, command.Kind, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var id = found.Value.Transaction.Id;
            var last = await db.Set<DocumentPrinting>()
                .Where(p => p.TransactionId == id && p.Kind == command.Kind)
                .MaxAsync(p => (int?)p.Number, ct);
            return last >= DocumentPrinting.MaxNumber
                ? new TooManyPrintings()
                : Booking(command, Printing(id, command.Kind, (last ?? 0) + 1));
        }

        private DocumentPrinting Printing(long transactionId, string kind, int number) =>
            new()
            {
                Id = Ids.Next(),
                TransactionId = transactionId,
                Kind = kind,
                Number = number,
                BranchId = request.Caller.BranchId,
                OperatorId = request.Caller.OperatorId,
                OperatorLogin = request.Caller.Login,
                OperatorName = request.Caller.Name,
                PrintedAt = clock.GetUtcNow().UtcDateTime,
            };

        /// <summary>Two at once meet on the unique index; the loser decides again and finds the next number.</summary>
        private Booking<PrintingResponse> Booking(Command command, DocumentPrinting row)
        {
            var address = $"/v1/transactions/{command.SerialNumber}/documents/{row.Kind}/printings/{row.Number}";
            var response = new PrintingResponse(
                command.SerialNumber,
                row.Kind,
                row.Number,
                row.Number > 1,
                row.PrintedAt,
                row.OperatorLogin,
                address
            );
            var note = new AuditNote("print-document", $"transaction:{row.TransactionId}", new { row.Kind, row.Number });
            return new Booking<PrintingResponse>(row.Id, request.Actor, note, _ => Answer.Created(address, response)).Insert(row);
        }
    }
}
