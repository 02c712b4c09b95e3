using Billing.Electricity.Merchants;
using Billing.Electricity.Payments;
using Billing.Electricity.Quotes;
using Counter.BlankInvoices;

namespace Billing.Electricity.Invoices;

/// <summary>An invoice to print.</summary>
/// <param name="Kind" example="first">first with the collection, reprint on the same day, later for batch debit and self-service.</param>
/// <param name="InvoiceCode" example="137010900001">发票代码 of the blank, 12 digits.</param>
/// <param name="InvoiceNumber" example="00000001">发票号码 of the blank, 8 digits, issued to the caller.</param>
public sealed record PrintElectricityInvoiceRequest(InvoicePrintKind Kind, string InvoiceCode, string InvoiceNumber);

/// <summary>A printed invoice.</summary>
/// <param name="SerialNumber" example="00150224112025602057">电费流水号.</param>
/// <param name="Kind" example="first">How it was printed.</param>
/// <param name="Sequence" example="1">1, 2, … of its kind.</param>
/// <param name="InvoiceCode" example="137010900001">发票代码.</param>
/// <param name="InvoiceNumber" example="00000001">发票号码.</param>
/// <param name="VoidedNumber" example="00000001">On a reprint: the number that is void now.</param>
/// <param name="Document" example="/v1/transactions/00150224112025602057/documents/electricity-invoice">The paper.</param>
public sealed record ElectricityInvoiceResponse(
    string SerialNumber,
    InvoicePrintKind Kind,
    int Sequence,
    string InvoiceCode,
    string InvoiceNumber,
    string? VoidedNumber,
    string Document
);

/// <summary>The payment has an invoice already.</summary>
public sealed record InvoicePrinted()
    : Refusal("invoice-printed", 409, "The payment has an invoice. Print it again as a reprint.", "该笔电费已打印发票，请使用重打。");

/// <summary>Nothing was printed that could be printed again.</summary>
public sealed record InvoiceNotPrinted() : Refusal("invoice-not-printed", 409, "The payment has no invoice yet.", "该笔电费尚未打印发票。");

/// <summary>This kind of printing is not for this payment.</summary>
public sealed record InvoiceKindForbids()
    : Refusal(
        "invoice-kind-forbids",
        409,
        "Counter payments are printed first and again; batch and self-service payments are printed later.",
        "柜面缴费使用首次打印或重打，批量代扣与自助缴费使用补打。"
    );

/// <summary>The day of a first print or a reprint is over.</summary>
public sealed record InvoiceTooLate() : Refusal("invoice-too-late", 409, "The time for this printing is over.", "已超过可打印的期限。");

/// <summary>The payment was printed later twice.</summary>
public sealed record InvoicePrintedTwice()
    : Refusal("invoice-printed-twice", 409, "A payment is printed later at most twice.", "同一笔电费最多补打两次。");

/// <summary>
/// 4627: prints an electricity invoice on a numbered blank (EB-03.4, EB-04.1, EB-04.2). A reprint needs an approval and a new number, and voids the
/// old one. The number is used in the booking that says so, so that 16 counters never print one number twice.
/// </summary>
internal static class PrintElectricityInvoice
{
    public static readonly ApprovalAction Action = new("reprint-electricity-invoice", "Reprint an electricity invoice", "电费发票重打");

    /// <summary>Months in which a batch or self-service payment is printed.</summary>
    private const int LaterMonths = 6;

    private const int LaterTimes = 2;

    internal sealed record Command(string SerialNumber, PrintElectricityInvoiceRequest Body) : IBookingCommand<ElectricityInvoiceResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/payments/{serialNumber}/invoices",
                    (string serialNumber, PrintElectricityInvoiceRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(serialNumber, body), ct)
                )
                .WithName(nameof(PrintElectricityInvoice))
                .WithOperation("PrintElectricityInvoice")
                .WithSummary("Print an electricity invoice (4627)")
                .WithDescription(
                    "Uses a blank number that is issued to the caller. A reprint is for the branch that collected the payment, on "
                        + "the same day, with an "
                        + "approval (action reprint-electricity-invoice) and a new number; the old number is void. A later print "
                        + "is for batch debit and "
                        + "self-service, within six months and at most twice."
                )
                .RequireRight(ElectricityRights.Print)
                .Books<ElectricityInvoiceResponse>()
                .TakesApproval()
                .Refuses(typeof(PaymentUnknown), typeof(PaymentOfOtherBranch), typeof(PaymentStateForbids), typeof(UnitNotServed))
                .Refuses(typeof(InvoicePrinted), typeof(InvoiceNotPrinted), typeof(InvoiceKindForbids), typeof(InvoiceTooLate))
                .ProducesRefusals<InvoicePrintedTwice, BlankNotUsable>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SerialNumber).SerialNumber();
            RuleFor(c => c.Body.Kind).IsInEnum();
            RuleFor(c => c.Body.InvoiceCode).NotNull().Matches("^[0-9]{12}$");
            RuleFor(c => c.Body.InvoiceNumber).NotNull().Matches("^[0-9]{8}$");
        }
    }

    /// <summary>Pure: may this payment be printed so?</summary>
    internal static Refusal? Refuse(
        ElectricityPayment payment,
        InvoicePrintKind kind,
        IReadOnlyList<ElectricityInvoice> prints,
        bool ownBranch,
        DateOnly today
    )
    {
        var counter = payment.Channel == CollectionChannel.Counter;
        return payment.State != PaymentState.Paid && !(counter && payment.State == PaymentState.Pending)
                ? new PaymentStateForbids(payment.State)
            : counter == (kind == InvoicePrintKind.Later) ? new InvoiceKindForbids()
            : counter && !ownBranch ? new PaymentOfOtherBranch()
            : kind == InvoicePrintKind.First && prints.Count > 0 ? new InvoicePrinted()
            : kind == InvoicePrintKind.Reprint && prints.Count == 0 ? new InvoiceNotPrinted()
            : kind == InvoicePrintKind.Later && today > payment.BusinessDate.AddMonths(LaterMonths) ? new InvoiceTooLate()
            : kind == InvoicePrintKind.Later && prints.Count >= LaterTimes ? new InvoicePrintedTwice()
            : null;
    }

    internal sealed class Handler(AppDb db, BranchTree tree, BlankStock stock, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, ElectricityInvoiceResponse>
    {
        protected override async Task<Outcome<Booking<ElectricityInvoiceResponse>>> Decide(Command command, CancellationToken ct)
        {
            var id = SerialNumber.Parse(command.SerialNumber);
            var payment = await db.Set<ElectricityPayment>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
            if (payment is not { Kind: PaymentKind.Bill })
            {
                return new PaymentUnknown();
            }

            var unit = await db.Set<AccountingUnit>().SingleAsync(u => u.Id == payment.UnitId, ct);
            if (!await tree.IsSameOrSuperior(unit.UnionId, request.Caller.BranchId, ct))
            {
                return new UnitNotServed();
            }

            var prints = await db.Set<ElectricityInvoice>().Where(i => i.PaymentId == payment.Id).OrderBy(i => i.Id).ToListAsync(ct);
            var own = payment.BranchId == request.Caller.BranchId;
            var kind = command.Body.Kind;
            if (Refuse(payment, kind, prints, own, ChinaCalendar.Today(clock)) is { } refusal)
            {
                return refusal;
            }

            if (kind == InvoicePrintKind.Reprint && !request.IsApproved(Action))
            {
                return request.ApprovalRequired(
                    Action,
                    new ApprovalSubject
                    {
                        CustomerCode = payment.Customer,
                        CustomerName = payment.CustomerName,
                        Amount = payment.Total,
                        Facts = [new ApprovalFact("Electricity serial number", "电费流水号", payment.SerialNumber)],
                    }
                );
            }

            return await Booking(payment, command.Body, prints, ct);
        }

        private async Task<Outcome<Booking<ElectricityInvoiceResponse>>> Booking(
            ElectricityPayment payment,
            PrintElectricityInvoiceRequest body,
            List<ElectricityInvoice> prints,
            CancellationToken ct
        )
        {
            var actor = body.Kind == InvoicePrintKind.Reprint ? request.ApprovedActor(Action) : request.Actor;
            var invoice = new ElectricityInvoice
            {
                Id = Ids.Next(),
                PaymentId = payment.Id,
                Kind = body.Kind,
                Sequence = prints.Count(i => i.Kind == body.Kind) + 1,
                Code = body.InvoiceCode,
                Number = body.InvoiceNumber,
                BranchId = actor.BranchId,
                OperatorId = actor.OperatorId,
                PrintedAt = clock.GetUtcNow().UtcDateTime,
            };
            var old = body.Kind == InvoicePrintKind.Reprint ? prints[^1] : null;
            var booking = new Booking<ElectricityInvoiceResponse>(
                Ids.Next(),
                actor,
                new AuditNote(
                    "print-electricity-invoice",
                    $"electricity-payment:{payment.Id}",
                    new
                    {
                        body.Kind,
                        invoice.Code,
                        invoice.Number,
                    }
                ),
                _ => Answer.Created($"/v1/electricity/payments/{payment.SerialNumber}", Response(payment, invoice, old))
            )
                .Insert(invoice)
                .IfDuplicate(ElectricityInvoice.PlaceIndex, new ConcurrentChange())
                // The payment's own row too: a reversal that races with the print decides again.
                .Update(payment);
            if (payment.Channel == CollectionChannel.Counter)
            {
                booking.RefuseOn(date => date == payment.BusinessDate ? null : new InvoiceTooLate());
            }

            var used = await stock.Use(body.InvoiceCode, body.InvoiceNumber, actor.OperatorId, payment.Id, booking, ct);
            if (used.Refusal is { } refusal)
            {
                return refusal;
            }

            if (old is not null)
            {
                await stock.Void(old.Code, old.Number, "重打", booking, ct);
            }

            return booking;
        }

        private static ElectricityInvoiceResponse Response(
            ElectricityPayment payment,
            ElectricityInvoice invoice,
            ElectricityInvoice? old
        ) =>
            new(
                payment.SerialNumber,
                invoice.Kind,
                invoice.Sequence,
                invoice.Code,
                invoice.Number,
                old?.Number,
                $"/v1/transactions/{payment.SerialNumber}/documents/{Documents.ElectricityPapers.Invoice}"
            );
    }
}
