using Customers.Reach;
using FluentValidation;
using Issuance;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Platform.Languages;

namespace Cheques;

/// <summary>A customer's usable cheques.</summary>
/// <param name="Mode" example="onClearing">When the customer's cheques become usable.</param>
/// <param name="ModeVersion" example="0">The ETag for a change of the mode.</param>
/// <param name="Items">At most 200, oldest first.</param>
public sealed record UsableCheques(ChequeMode Mode, int ModeVersion, IReadOnlyList<ChequeItem> Items);

/// <summary>The drop-down of a payment by cheque: a customer's cheques with something left (FC-09.5).</summary>
internal static class ListUsableCheques
{
    internal sealed record Query(string CustomerCode) : IQuery<UsableCheques>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/customers/{customerCode}/usable-cheques",
                    (string customerCode, Sender send, CancellationToken ct) => send.Query(new Query(customerCode), ct)
                )
                .WithName(nameof(ListUsableCheques))
                .WithSummary("List a customer's usable cheques")
                .WithDescription(
                    "Lists cheques with a remaining amount that are cleared or received on sight, and the customer's cheque mode."
                )
                .AllowSignedIn()
                .Reads<UsableCheques>()
                .ProducesRefusals<NotFound, ValidationFailed, TooManyLookUps>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.CustomerCode).CustomerCode();
    }

    internal sealed class Handler(AppDb db, CustomerReach reach) : QueryHandler<Query, UsableCheques>
    {
        protected override async Task<Outcome<UsableCheques>> Read(Query query, CancellationToken ct)
        {
            var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == query.CustomerCode, ct);
            // A payment may be taken at any branch, so its cheques are shown at any; each customer of another branch counts.
            var whole = await reach.LookUp(customer, ct);
            if (whole.Refusal is { } tooMany)
            {
                return tooMany;
            }

            if (customer is null)
            {
                return new NotFound("customer");
            }

            var mode = await db.Set<CustomerChequeMode>().SingleOrDefaultAsync(m => m.CustomerId == customer.Id, ct);
            var left = db.Set<Account>().Where(a => a.Kind == IssuanceAccounts.Cheque.Number && a.Balance > 0);
            var usable = db.Set<Cheque>()
                .Where(Cheque.Usable)
                .Where(c => c.CustomerId == customer.Id && left.Any(a => a.Owner == c.Id))
                .OrderBy(c => c.Id)
                .Take(Limits.Usable);
            var rows = await db.Rows(usable).ToListAsync(ct);
            return new UsableCheques(
                mode?.Mode ?? ChequeMode.OnClearing,
                mode?.Version ?? 0,
                [.. rows.OrderBy(r => r.Cheque.Id).Select(ChequeItems.Item).Select(c => whole.Value ? c : Masked(c))]
            );
        }

        private static ChequeItem Masked(ChequeItem cheque) => cheque with { AccountNumber = Mask.Account(cheque.AccountNumber) };
    }
}
