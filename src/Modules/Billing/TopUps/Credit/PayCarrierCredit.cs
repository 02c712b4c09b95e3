using Billing.TopUps.Carriers;

namespace Billing.TopUps.Credit;

/// <summary>Credit that was paid to a carrier.</summary>
/// <param name="Amount" example="10000000">Fen, 1 to 100,000,000,000.</param>
/// <param name="Reference" example="YC20260105001">The bank's reference of the transfer, 1 to 40 characters.</param>
public sealed record PayCarrierCreditRequest(long Amount, string Reference);

/// <summary>Credit that was booked.</summary>
/// <param name="SerialNumber" example="00150224112025602073">Of the transaction.</param>
/// <param name="CarrierCode" example="CM">The carrier.</param>
/// <param name="Amount" example="10000000">Fen.</param>
public sealed record CarrierCreditPaid(string SerialNumber, string CarrierCode, long Amount);

/// <summary>Credit paid to a carrier: what a statement's credit is agreed with, by day.</summary>
internal sealed class CarrierCreditPayment : IDated
{
    public long Id { get; init; }

    public long CarrierId { get; init; }

    public long Amount { get; init; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<CarrierCreditPayment>
    {
        public void Configure(EntityTypeBuilder<CarrierCreditPayment> builder)
        {
            builder.ToTable("top_up_credit_payments");
            builder.HasKey(p => p.Id);
            builder.HasIndex(p => new { p.CarrierId, p.Id });
        }
    }
}

/// <summary>Books credit that was paid to a carrier in advance (MT-01.11).</summary>
internal static class PayCarrierCredit
{
    public static readonly ApprovalAction Action = new("pay-carrier-credit", "Pay credit to a carrier", "预存运营商充值款");

    internal sealed record Command(string CarrierCode, PayCarrierCreditRequest Body) : IBookingCommand<CarrierCreditPaid>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-up-carriers/{carrierCode}/credit-payments",
                    (string carrierCode, PayCarrierCreditRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(carrierCode, body), ct)
                )
                .WithName(nameof(PayCarrierCredit))
                .WithOperation("PayCarrierCredit")
                .WithSummary("Book credit paid to a carrier")
                .WithDescription(
                    "Books a transfer from the branch's bank account to the carrier's credit, with an approval (action pay-carrier-credit)."
                )
                .RequireRight(TopUpRights.PayCredit)
                .Books<CarrierCreditPaid>()
                .TakesApproval()
                .ProducesRefusals<CarrierUnknown>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CarrierCode).NotNull().CarrierCode();
            RuleFor(c => c.Body.Amount).InclusiveBetween(1, TopUpLimits.SumFen);
            RuleFor(c => c.Body.Reference).NotNull().PlainText(40);
        }
    }

    internal sealed class Handler(AppDb db, CarrierCredit credit, RequestContext request) : BookingHandler<Command, CarrierCreditPaid>
    {
        protected override async Task<Outcome<Booking<CarrierCreditPaid>>> Decide(Command command, CancellationToken ct)
        {
            var carrier = await db.Set<TopUpCarrier>().AsNoTracking().SingleOrDefaultAsync(c => c.Code == command.CarrierCode, ct);
            if (carrier is null)
            {
                return new CarrierUnknown();
            }

            var amount = command.Body.Amount;
            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(
                    Action,
                    new ApprovalSubject
                    {
                        Amount = amount,
                        Facts =
                        [
                            new ApprovalFact("Carrier", "运营商", $"{carrier.Code} {carrier.Name}"),
                            new ApprovalFact("Reference", "银行流水", command.Body.Reference),
                        ],
                    }
                );
            }

            credit.Forget(carrier.Id);
            var (id, actor) = (Ids.Next(), request.ApprovedActor(Action));
            return new Booking<CarrierCreditPaid>(
                id,
                actor,
                new AuditNote(Action.Name, $"carrier:{carrier.Code}"),
                p => Answer.Created($"/v1/transactions/{p.SerialNumber}", new CarrierCreditPaid(p.SerialNumber, carrier.Code, amount))
            )
                .WithHead(
                    new Transaction(id, TopUpTransactions.CreditPaid, actor) { Amount = amount, ReferenceNumber = command.Body.Reference }
                )
                .Move(carrier.Float, new AccountRef(CounterAccounts.Bank, actor.BranchId), amount)
                .Insert(
                    new CarrierCreditPayment
                    {
                        Id = id,
                        CarrierId = carrier.Id,
                        Amount = amount,
                    }
                );
        }
    }
}
