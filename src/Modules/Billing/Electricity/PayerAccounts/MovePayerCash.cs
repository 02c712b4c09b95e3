namespace Billing.Electricity.PayerAccounts;

/// <summary>Pays cash into or out of a payer's account.</summary>
internal static class MovePayerCash
{
    internal sealed record Command(string AccountNumber, bool In, PayerCashRequest Body) : IBookingCommand<PayerCashResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app)
        {
            Map(app, true, "payments-in", "PayIntoAccount", "Pay cash into a payer's account");
            Map(app, false, "payments-out", "PayOutOfAccount", "Pay cash out of a payer's account");
        }

        private static void Map(IEndpointRouteBuilder app, bool into, string path, string name, string summary) =>
            app.MapPost(
                    $"/electricity/payer-accounts/{{accountNumber}}/{path}",
                    (string accountNumber, PayerCashRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(accountNumber, into, body), ct)
                )
                .WithName(name)
                .WithOperation(name)
                .WithSummary(summary)
                .WithDescription("Books between the caller's cash drawer and the account.")
                .RequireRight(ElectricityRights.PayIn)
                .Books<PayerCashResponse>()
                .ProducesRefusals<PayerAccountUnknown, PayerAccountNotUsable, PayerAccountTooSmall>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.AccountNumber).Matches("^[0-9]{19}$");
            RuleFor(c => c.Body.Amount).InclusiveBetween(1, ElectricityLimits.Fen);
        }
    }

    internal sealed class Handler(IPayerAccounts accounts, RequestContext request) : BookingHandler<Command, PayerCashResponse>
    {
        protected override async Task<Outcome<Booking<PayerCashResponse>>> Decide(Command command, CancellationToken ct)
        {
            if (await accounts.Find(command.AccountNumber, ct) is not { } account)
            {
                return new PayerAccountUnknown();
            }

            // A frozen account still takes money; nothing leaves it.
            if (account.State == PayerAccountState.Closed || (!command.In && account.State != PayerAccountState.Usable))
            {
                return new PayerAccountNotUsable(account.State);
            }

            request.GoesBy(account.Premise);
            var (id, actor) = (Ids.Next(), request.Actor);
            var drawer = new AccountRef(CounterAccounts.Drawer, actor.OperatorId);
            var type = command.In ? ElectricityTransactions.PaidIn : ElectricityTransactions.PaidOut;
            return new Booking<PayerCashResponse>(
                id,
                actor,
                new AuditNote(type.Name, $"payer-account:{account.Id}"),
                p =>
                    Answer.Created(
                        $"/v1/transactions/{p.SerialNumber}",
                        new PayerCashResponse(
                            p.SerialNumber,
                            account.Number,
                            command.Body.Amount,
                            p.Balance(ElectricityAccounts.Payer, account.Id)
                        )
                    )
            )
                .WithHead(new Transaction(id, type, actor) { Amount = command.Body.Amount, PaymentMethod = nameof(PaymentMethod.Cash) })
                .Move(command.In ? drawer : account.Money, command.In ? account.Money : drawer, command.Body.Amount)
                .IfShort(account.Money, b => new PayerAccountTooSmall(b));
        }
    }
}
