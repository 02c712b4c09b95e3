using Access;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Issuance.Customers;

/// <summary>A customer in a list. Personal data is masked unless the caller's right says otherwise (PL-06.9).</summary>
/// <param name="CustomerCode" example="1000000016">10 digits.</param>
/// <param name="Name" example="王小明">Of the person or the organisation.</param>
/// <param name="CertificateNumber" example="110105********002X">Masked without the right to see personal data.</param>
/// <param name="Phone" example="138****8000">Masked without the right to see personal data.</param>
/// <param name="OpenedAt" example="2026-11-22T02:15:30Z">When the account was opened.</param>
/// <param name="BranchCode" example="10000001">The branch that opened it.</param>
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

/// <summary>Finds customers of the own branch and those below by name, certificate, phone, branch and kind (FC-43).</summary>
internal static class ListCustomers
{
    internal sealed record Query(
        string? Name,
        string? CertificateNumber,
        string? Phone,
        string? BranchCode,
        string? Kind,
        string? State,
        PageRequest Page
    ) : IQuery<Page<CustomerItem>>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/customers",
                    (
                        string? name,
                        string? certificateNumber,
                        string? phone,
                        string? branchCode,
                        string? kind,
                        string? state,
                        int? limit,
                        string? after,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(name, certificateNumber, phone, branchCode, kind, state, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListCustomers))
                .WithSummary("List customers")
                .WithDescription(
                    "Those that your own branch or one below it opened, or the one branch `branchCode`; by the start of the `name`, by the whole "
                        + "`certificateNumber` or `phone`, by `kind` and `state`; oldest first."
                )
                .RequireRight(IssuanceRights.ShowCustomer)
                .Reads<Page<CustomerItem>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Name).PlainText(100);
            RuleFor(q => q.CertificateNumber).PlainText(30);
            RuleFor(q => q.Phone).PlainText(20);
            RuleFor(q => q.Kind).NameOf<Query, CustomerKind>();
            RuleFor(q => q.State).NameOf<Query, CustomerState>();
            RuleFor(q => q.BranchCode).BranchCode();
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope, RequestContext request) : QueryHandler<Query, Page<CustomerItem>>
    {
        protected override async Task<Outcome<Page<CustomerItem>>> Read(Query query, CancellationToken ct)
        {
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
            return await query.Page.Read(rows, r => r.Customer.Id, r => Item(r.Customer, r.Code), ct);
        }

        private static IQueryable<Customer> Matching(Query query, IQueryable<Customer> customers)
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

            if (Json.Value<CustomerKind>(query.Kind) is { } kind)
            {
                customers = customers.Where(c => c.Kind == kind);
            }

            return Json.Value<CustomerState>(query.State) is { } state ? customers.Where(c => c.State == state) : customers;
        }

        private CustomerItem Item(Customer customer, string branchCode)
        {
            var whole = request.Caller.Has(AccessRights.SeePersonalData);
            return new CustomerItem(
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
}
