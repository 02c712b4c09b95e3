using System.Globalization;
using Billing.Electricity.Documents;
using Billing.Electricity.Merchants;
using Billing.Electricity.Payments;

namespace Billing.Electricity.Fees;

/// <summary>A collection fee that was charged: once for each unit and month.</summary>
internal sealed class ChargedFee
{
    public const string PeriodIndex = "IX_electricity_fees_UnitId_From";

    /// <summary>Of its transaction.</summary>
    public long Id { get; init; }

    public long UnitId { get; init; }

    public DateOnly From { get; init; }

    public DateOnly To { get; init; }

    /// <summary>Payments counted, less those of earlier months that were reversed since.</summary>
    public long Payments { get; init; }

    public long Collected { get; init; }

    public long Amount { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ChargedFee>
    {
        public void Configure(EntityTypeBuilder<ChargedFee> builder)
        {
            builder.ToTable("electricity_fees");
            builder.HasKey(f => f.Id);
            builder.HasIndex(f => new { f.UnitId, f.From }, PeriodIndex).IsUnique();
        }
    }
}

/// <summary>A month to charge.</summary>
/// <param name="Month" example="2010-01">The month, which must be over.</param>
public sealed record ChargeCollectionFeeRequest(string Month);

/// <summary>A charged fee. Amounts are in fen.</summary>
/// <param name="SerialNumber" example="00150224112025602057">Of the transaction.</param>
/// <param name="UnitCode" example="37010">核算单位.</param>
/// <param name="From" example="2010-01-01">The first day.</param>
/// <param name="To" example="2010-01-31">The last day.</param>
/// <param name="Payments" example="1240">Payments counted, less those of earlier months that were reversed since.</param>
/// <param name="Collected" example="48621055">Fen of them.</param>
/// <param name="Amount" example="37200">The fee.</param>
/// <param name="Document" example="/v1/transactions/00150224112025602057/documents/electricity-fee-voucher">收费凭证.</param>
public sealed record CollectionFeeResponse(
    string SerialNumber,
    string UnitCode,
    DateOnly From,
    DateOnly To,
    long Payments,
    long Collected,
    long Amount,
    string Document
);

/// <summary>The month was charged.</summary>
public sealed record FeeCharged() : Refusal("fee-charged", 409, "The fee of this month was charged.", "该期间手续费已收取。");

/// <summary>The month is not over.</summary>
public sealed record FeePeriodOpen()
    : Refusal("fee-period-open", 409, "The month is not over, or has an open work date.", "该期间尚未结束。");

/// <summary>Nothing is to be charged.</summary>
public sealed record NoFee() : Refusal("no-fee", 409, "Nothing is to be charged for this month.", "该期间无应收手续费。");

/// <summary>1078: charges the supply company the collection fee of a month (EB-10.1, EB-10.2).</summary>
internal static class ChargeCollectionFee
{
    internal sealed record Command(string UnitCode, ChargeCollectionFeeRequest Body) : IBookingCommand<CollectionFeeResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/units/{unitCode}/fees",
                    (string unitCode, ChargeCollectionFeeRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(unitCode, body), ct)
                )
                .WithName(nameof(ChargeCollectionFee))
                .WithOperation("ChargeCollectionFee")
                .WithSummary("Charge a collection fee (1078)")
                .WithDescription(
                    "The union that serves the unit charges a month once, from the payments of the month, to the income account "
                        + "60303002. Payments of "
                        + "charged months that were reversed since are taken off."
                )
                .RequireRight(ElectricityRights.ChargeFee)
                .Books<CollectionFeeResponse>()
                .Refuses(typeof(UnitUnknown), typeof(BranchOutOfReach), typeof(FeeCharged))
                .ProducesRefusals<FeePeriodOpen, NoFee>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UnitCode).Matches("^[0-9]{5,9}$");
            RuleFor(c => c.Body.Month).NotNull().Matches("^20[0-9]{2}-(0[1-9]|1[0-2])$");
        }
    }

    internal sealed class Handler(AppDb db, BranchTree tree, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, CollectionFeeResponse>
    {
        protected override async Task<Outcome<Booking<CollectionFeeResponse>>> Decide(Command command, CancellationToken ct)
        {
            var unit = await db.Set<AccountingUnit>().AsNoTracking().SingleOrDefaultAsync(u => u.Code == command.UnitCode, ct);
            if (unit is null)
            {
                return new UnitUnknown();
            }

            if (!await tree.IsSameOrSuperior(request.Caller.BranchId, unit.UnionId, ct))
            {
                return new BranchOutOfReach();
            }

            var from = DateOnly.ParseExact(command.Body.Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
            var to = from.AddMonths(1).AddDays(-1);
            var earlier = await db.Set<ChargedFee>().Where(f => f.UnitId == unit.Id).OrderBy(f => f.From).ToListAsync(ct);
            if (earlier.Exists(f => f.From >= from))
            {
                return new FeeCharged();
            }

            if (
                to >= ChinaCalendar.Today(clock)
                || await db.Set<Days.WorkDate>().AnyAsync(d => d.Date >= from && d.Date <= to && d.State != Days.WorkDateState.Closed, ct)
            )
            {
                return new FeePeriodOpen();
            }

            var sum = await Sum(unit, earlier, from, to, ct);
            var amount = sum.Total();
            return amount <= 0 ? new NoFee() : Booking(unit, from, to, sum, amount);
        }

        /// <summary>
        /// All payments since the first charged month, less what was charged: so reversals of earlier months are taken off. With limits for each
        /// payment the month's payments are added one by one.
        /// </summary>
        private async Task<CollectionFee> Sum(
            AccountingUnit unit,
            List<ChargedFee> earlier,
            DateOnly from,
            DateOnly to,
            CancellationToken ct
        )
        {
            var fee = new CollectionFee(unit.Fee);
            var first = earlier.Count == 0 ? from : earlier[0].From;
            var paid = db.Set<ElectricityPayment>()
                .Where(p => p.UnitId == unit.Id && p.Kind == PaymentKind.Bill && p.State == PaymentState.Paid && p.WorkDate <= to);
            if (unit.FeeLeastPerItem > 0 || unit.FeeMostPerItem > 0)
            {
                await foreach (
                    var total in paid.Where(p => p.WorkDate >= from).Select(p => p.Total).AsAsyncEnumerable().WithCancellation(ct)
                )
                {
                    fee.Add(total);
                }

                return fee;
            }

            var all = paid.Where(p => p.WorkDate >= first);
            fee.Add(
                await all.LongCountAsync(ct) - earlier.Sum(f => f.Payments),
                await all.SumAsync(p => p.Total, ct) - earlier.Sum(f => f.Collected)
            );
            return fee;
        }

        private Booking<CollectionFeeResponse> Booking(AccountingUnit unit, DateOnly from, DateOnly to, CollectionFee sum, long amount)
        {
            var (id, actor) = (Ids.Next(), request.Actor);
            var (count, collected) = (sum.Count, sum.Amount);
            return new Booking<CollectionFeeResponse>(
                id,
                actor,
                new AuditNote("charge-collection-fee", $"accounting-unit:{unit.Code}", new { from, amount }),
                p =>
                    Answer.Created(
                        $"/v1/transactions/{p.SerialNumber}",
                        new CollectionFeeResponse(
                            p.SerialNumber,
                            unit.Code,
                            from,
                            to,
                            count,
                            collected,
                            amount,
                            $"/v1/transactions/{p.SerialNumber}/documents/{ElectricityPapers.Fee}"
                        )
                    )
            )
                .WithHead(new Transaction(id, ElectricityTransactions.Fee, actor) { Amount = amount, ReferenceNumber = unit.Code })
                .Move(unit.Settlement, new AccountRef(ElectricityAccounts.FeeIncome, unit.UnionId), amount)
                .Insert(
                    new ChargedFee
                    {
                        Id = id,
                        UnitId = unit.Id,
                        From = from,
                        To = to,
                        Payments = count,
                        Collected = collected,
                        Amount = amount,
                    }
                )
                .IfDuplicate(ChargedFee.PeriodIndex, new FeeCharged());
        }
    }
}
