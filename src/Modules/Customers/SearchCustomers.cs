using Access;
using Access.Branches;
using Access.Operators;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Languages;
using Platform.Ledger.Requests;
using Platform.Persistence;
using Platform.Problems;
using Platform.Requests;

namespace Customers;

/// <summary>A customer in a list. Personal data is masked unless the caller may see it.</summary>
/// <param name="CustomerCode" example="1000000016">10 digits.</param>
/// <param name="Name" example="王小明">The name of the person or organisation.</param>
/// <param name="CertificateNumber" example="110105********002X">Masked unless the caller may see personal data.</param>
/// <param name="Phone" example="138****8000">Masked unless the caller may see personal data.</param>
/// <param name="OpenedAt" example="2026-11-22T02:15:30Z">When the account was opened.</param>
/// <param name="BranchCode" example="10000001">The branch that opened the account.</param>
public sealed record CustomerItem(
    string CustomerCode,
    CustomerKind Kind,
    CustomerUse Use,
    CustomerState State,
    string Name,
    CertificateType CertificateType,
    string CertificateNumber,
    string Phone,
    string BranchCode,
    DateTimeOffset OpenedAt
);

/// <summary>The search criteria. An omitted criterion does not filter.</summary>
/// <param name="Name" example="王小">The beginning of the name, 1 to 100 characters.</param>
/// <param name="CertificateNumber" example="11010519491231002X">The full certificate number.</param>
/// <param name="Phone" example="13800138000">The full phone number.</param>
/// <param name="BranchCode" example="10000001">One branch. The default is your own and those below it.</param>
/// <param name="Kind" example="person">Person or organisation.</param>
/// <param name="State" example="active">The state of the customer.</param>
/// <param name="Limit" example="100">1 to 1,000; the default is 100.</param>
/// <param name="After" example="AAAAAAAAAAE">The cursor of the previous page.</param>
public sealed record SearchCustomersRequest(
    string? Name = null,
    string? CertificateNumber = null,
    string? Phone = null,
    string? BranchCode = null,
    CustomerKind? Kind = null,
    CustomerState? State = null,
    int? Limit = null,
    string? After = null
)
{
    internal PageRequest Page => new(Limit, After);
}

/// <summary>Finds customers of the own branch and those below by name, certificate, phone, branch and kind (FC-43).</summary>
internal static class SearchCustomers
{
    internal sealed record Query(SearchCustomersRequest Body) : IQuery<Page<CustomerItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/customers/searches",
                    (SearchCustomersRequest body, Sender send, CancellationToken ct) => send.Query(new Query(body), ct)
                )
                .WithName(nameof(SearchCustomers))
                .WithSummary("Search customers")
                .WithDescription(
                    "Finds customers opened by your own branch or one below it, oldest first. The search uses POST to keep personal data "
                        + "out of URLs, and stores nothing."
                )
                .RequireRight(CustomerRights.ShowCustomer)
                .Reads<Page<CustomerItem>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(BranchOutOfReach), typeof(Overloaded));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Body.Name).PlainText(100);
            RuleFor(q => q.Body.CertificateNumber).PlainText(30);
            RuleFor(q => q.Body.Phone).PlainText(20);
            RuleFor(q => q.Body.Kind).IsInEnum();
            RuleFor(q => q.Body.State).IsInEnum();
            RuleFor(q => q.Body.BranchCode).BranchCode();
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope, PersonalDataReads reads, RequestContext request)
        : QueryHandler<Query, Page<CustomerItem>>
    {
        protected override async Task<Outcome<Page<CustomerItem>>> Read(Query sent, CancellationToken ct)
        {
            var query = sent.Body;
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var found = await scope.Find(query.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var branches = db.Set<Branch>().Within(found.Value, query.BranchCode);
            var after = query.Page.AfterId;
            var rows =
                from customer in Matching(query, db.Set<Customer>()).Where(c => c.Id > after)
                join branch in branches on customer.BranchId equals branch.Id
                orderby customer.Id
                select new { Customer = customer, branch.Code };
            var whole = request.Caller.Has(AccessRights.SeePersonalData);
            var page = await query.Page.Read(rows, r => r.Customer.Id, r => Item(r.Customer, r.Code, whole), ct);
            return whole && await reads.Record("customers", [.. page.Items.Select(i => i.CustomerCode)]) is { } notRecorded
                ? notRecorded
                : page;
        }

        private static IQueryable<Customer> Matching(SearchCustomersRequest query, IQueryable<Customer> customers)
        {
            if (query.Name is { } name)
            {
                customers = customers.Where(c => c.Name.StartsWith(name));
            }

            if (query.CertificateNumber is { } certificate)
            {
                customers = customers.Where(c => c.CertificateNumber == certificate);
            }

            if (query.Phone is { } phone)
            {
                customers = customers.Where(c => c.Phone == phone);
            }

            if (query.Kind is { } kind)
            {
                customers = customers.Where(c => c.Kind == kind);
            }

            return query.State is { } state ? customers.Where(c => c.State == state) : customers;
        }

        private static CustomerItem Item(Customer customer, string branchCode, bool whole) =>
            new(
                customer.Code,
                customer.Kind,
                customer.Use,
                customer.State,
                customer.Name,
                customer.CertificateType,
                whole ? customer.CertificateNumber : Mask.Certificate(customer.CertificateNumber),
                whole ? customer.Phone : Mask.Phone(customer.Phone),
                branchCode,
                customer.OpenedAt.AtUtc()
            );
    }
}
