namespace Billing.Electricity.PayerAccounts;

/// <summary>Shows a payer's account to branches of its union and above.</summary>
internal static class GetPayerAccount
{
    internal sealed record Query(string AccountNumber) : IQuery<PayerAccountResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/payer-accounts/{accountNumber}",
                    (string accountNumber, Sender send, CancellationToken ct) => send.Query(new Query(accountNumber), ct)
                )
                .WithName(nameof(GetPayerAccount))
                .WithSummary("Get a payer's account")
                .WithDescription("The account's own branch and those above it see it.")
                .RequireRight(ElectricityRights.KeepAccounts)
                .Reads<PayerAccountResponse>()
                .ProducesRefusals<PayerAccountUnknown, BranchOutOfReach>();
    }

    internal sealed class Handler(AppDb db, IPayerAccounts accounts, BranchTree tree, BranchScope scope)
        : QueryHandler<Query, PayerAccountResponse>
    {
        protected override async Task<Outcome<PayerAccountResponse>> Read(Query query, CancellationToken ct)
        {
            if (await accounts.Find(query.AccountNumber, ct) is not { } account)
            {
                return new PayerAccountUnknown();
            }

            return await scope.Reaches(account.BranchId, ct)
                ? new PayerAccountResponse(
                    account.Number,
                    account.Holder,
                    account.Kind,
                    account.State,
                    (await tree.Get(account.BranchId, ct)).Code,
                    await db.Balance(account.Money, ct),
                    account.Version
                )
                : new BranchOutOfReach();
        }
    }
}
