namespace Billing.Electricity.Deposits;

/// <summary>Says what became of another bank's cheque: its money is in, in 其他应解汇款, or it came back and leaves nothing booked.</summary>
internal static class DecideOtherBankCheque
{
    internal sealed record Command(string SerialNumber, bool Collected) : IBookingCommand<OtherBankChequeResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app)
        {
            Map(app, true, "collection", "CollectOtherBankCheque", "Book the money of another bank's cheque");
            Map(app, false, "return", "ReturnOtherBankCheque", "Return another bank's cheque");
        }

        private static void Map(IEndpointRouteBuilder app, bool collected, string path, string name, string summary) =>
            app.MapPost(
                    $"/electricity/other-bank-cheques/{{serialNumber}}/{path}",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber, collected), ct)
                )
                .WithName(name)
                .WithOperation(name)
                .WithSummary(summary)
                .WithDescription("Only the branch that accepted the cheque decides it. A returned cheque leaves nothing booked.")
                .RequireRight(ElectricityRights.Deposit)
                .Books<OtherBankChequeResponse>()
                .ProducesRefusals<OtherBankChequeUnknown, OtherBankChequeStateForbids>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, OtherBankChequeResponse>
    {
        protected override async Task<Outcome<Booking<OtherBankChequeResponse>>> Decide(Command command, CancellationToken ct)
        {
            var chequeId = SerialNumber.Parse(command.SerialNumber);
            var (branch, actor) = (request.Caller.BranchId, request.Actor);
            var cheque = await db.Set<OtherBankCheque>()
                .AsNoTracking()
                .SingleOrDefaultAsync(c => c.Id == chequeId && c.BranchId == branch, ct);
            if (cheque is null)
            {
                return new OtherBankChequeUnknown();
            }

            if (cheque.State != OtherBankChequeState.Accepted)
            {
                return new OtherBankChequeStateForbids(cheque.State);
            }

            cheque.State = command.Collected ? OtherBankChequeState.Collected : OtherBankChequeState.Returned;
            var id = Ids.Next();
            var booking = new Booking<OtherBankChequeResponse>(
                id,
                actor,
                new AuditNote(
                    command.Collected ? "collect-other-bank-cheque" : "return-other-bank-cheque",
                    $"other-bank-cheque:{cheque.Id}"
                ),
                _ => Answer.Created(OtherBankChequeResponse.Location(cheque), OtherBankChequeResponse.Of(cheque))
            ).Update(cheque);
            return command.Collected
                ? booking
                    .WithHead(
                        new Transaction(id, ElectricityTransactions.ChequeCollected, actor)
                        {
                            Amount = cheque.Amount,
                            ReferenceNumber = cheque.ChequeNumber,
                        }
                    )
                    .Move(
                        new AccountRef(CounterAccounts.Bank, actor.BranchId),
                        new AccountRef(ElectricityAccounts.OtherTransfers, cheque.UnitId),
                        cheque.Amount
                    )
                : booking;
        }
    }
}
