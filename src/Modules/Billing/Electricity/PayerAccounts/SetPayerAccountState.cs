using Billing.Electricity.Contracts;

namespace Billing.Electricity.PayerAccounts;

/// <summary>Freezes, frees or closes a payer's account. Closing ends its debit contracts (EB-07.3).</summary>
internal static class SetPayerAccountState
{
    public static readonly ApprovalAction Action = new(
        "set-payer-account-state",
        "Freeze, free or close an account",
        "账户冻结、解冻或销户"
    );

    internal sealed record Command(string AccountNumber, string? IfMatch, SetPayerAccountStateRequest Body)
        : IChangeCommand<PayerAccountResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/electricity/payer-accounts/{accountNumber}/state",
                    (
                        string accountNumber,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        SetPayerAccountStateRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(accountNumber, ifMatch, body), ct)
                )
                .WithName(nameof(SetPayerAccountState))
                .WithSummary("Freeze, free or close a payer's account")
                .WithDescription(
                    "Needs an approval (action set-payer-account-state). Only an empty account can be closed. Closing ends the "
                        + "debit contracts of the "
                        + "account."
                )
                .RequireRight(ElectricityRights.KeepAccounts)
                .Changes<PayerAccountResponse>()
                .TakesApproval()
                .Refuses(typeof(PreconditionRequired), typeof(PreconditionFailed), typeof(BranchOutOfReach))
                .ProducesRefusals<PayerAccountUnknown, PayerAccountNotUsable, PayerAccountNotEmpty>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.AccountNumber).Matches("^[0-9]{19}$");
            RuleFor(c => c.Body.State).IsInEnum();
        }
    }

    internal sealed class Handler(AppDb db, BranchTree tree, BranchScope scope, RequestContext request)
        : BookingHandler<Command, PayerAccountResponse>
    {
        protected override async Task<Outcome<Booking<PayerAccountResponse>>> Decide(Command command, CancellationToken ct)
        {
            var account = await db.Set<PayerAccount>().SingleOrDefaultAsync(a => a.Number == command.AccountNumber, ct);
            if (account is null)
            {
                return new PayerAccountUnknown();
            }

            if (!await scope.Reaches(account.BranchId, ct))
            {
                return new BranchOutOfReach();
            }

            if (EntityTag.Check(command.IfMatch, account.Version) is { } refusal)
            {
                return refusal;
            }

            if (account.State == PayerAccountState.Closed)
            {
                return new PayerAccountNotUsable(account.State);
            }

            var balance = await db.Balance(account.Money, ct);
            if (command.Body.State == PayerAccountState.Closed && balance != 0)
            {
                return new PayerAccountNotEmpty(balance);
            }

            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(
                    Action,
                    new ApprovalSubject { CustomerName = account.Holder, Facts = [new ApprovalFact("Account", "账号", account.Number)] }
                );
            }

            account.State = command.Body.State;
            var (code, version) = ((await tree.Get(account.BranchId, ct)).Code, account.Version + 1);
            var booking = new Booking<PayerAccountResponse>(
                Ids.Next(),
                request.ApprovedActor(Action),
                new AuditNote(Action.Name, $"payer-account:{account.Id}", new { command.Body.State }),
                _ =>
                    Answer.Ok(new PayerAccountResponse(account.Number, account.Holder, account.Kind, account.State, code, balance, version))
            ).Update(account);
            if (account.State == PayerAccountState.Closed)
            {
                var contracts = await db.Set<DebitContract>()
                    .Where(c => c.AccountNumber == account.Number && c.InForceKey != null)
                    .ToListAsync(ct);
                foreach (var contract in contracts)
                {
                    contract.End(ChangedBecause.AccountClosed);
                    booking.Update(contract);
                }
            }

            return booking;
        }
    }
}
