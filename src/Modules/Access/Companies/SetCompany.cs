using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Companies;

/// <summary>The company's details at a branch. An omitted detail comes from the branches above.</summary>
/// <param name="BranchCode">Your own branch or one below it: 8 digits. <example>10000000</example></param>
/// <param name="Name">At most 60 characters. <example>示范能源有限公司</example></param>
/// <param name="Address">At most 100 characters. <example>示范市城东区建设路 1 号</example></param>
/// <param name="Phone">At most 40 characters. <example>028-5555 0100</example></param>
/// <param name="TaxNumber">At most 20 characters. <example>91510100MA00000000</example></param>
public sealed record SetCompanyRequest(
    string BranchCode,
    string? Name = null,
    string? Address = null,
    string? Phone = null,
    string? TaxNumber = null
);

/// <summary>Sets the company's details at a branch; they stand on its documents and those of the branches below it (PL-05.5).</summary>
internal static class SetCompany
{
    internal sealed record Command(SetCompanyRequest Body) : IChangeCommand<SetCompanyRequest>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut("/company", (SetCompanyRequest body, Sender send, CancellationToken ct) => send.Change(new Command(body), ct))
                .WithName(nameof(SetCompany))
                .WithSummary("Set the company on documents")
                .WithDescription(
                    "Replaces the details that the branch sets. They immediately apply to documents of the branch and of those "
                        + "below it."
                )
                .RequireRight(AccessRights.Administer)
                .Changes<SetCompanyRequest>()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.BranchCode).NotNull().BranchCode();
            RuleFor(c => c.Body.Name).PlainText(CompanyDetails.NameLength);
            RuleFor(c => c.Body.Address).PlainText(CompanyDetails.AddressLength);
            RuleFor(c => c.Body.Phone).PlainText(CompanyDetails.PhoneLength);
            RuleFor(c => c.Body.TaxNumber).PlainText(CompanyDetails.TaxNumberLength);
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope, RequestContext request) : BookingHandler<Command, SetCompanyRequest>
    {
        protected override async Task<Outcome<Booking<SetCompanyRequest>>> Decide(Command command, CancellationToken ct)
        {
            var found = await scope.Find(command.Body.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var id = found.Value.Id;
            var row = await db.Set<CompanyDetails>().SingleOrDefaultAsync(c => c.BranchId == id, ct);
            var before = row is null ? null : new CompanyText(row.Name, row.Address, row.Phone, row.TaxNumber);
            var (_, name, address, phone, tax) = command.Body;
            var note = new AuditNote("set-company", $"branch:{id}", new { From = before, To = new CompanyText(name, address, phone, tax) });
            var booking = new Booking<SetCompanyRequest>(Ids.Next(), request.Actor, note, _ => Answer.Ok(command.Body));
            if (row is null)
            {
                return booking.Insert(
                    new CompanyDetails
                    {
                        BranchId = id,
                        Name = name,
                        Address = address,
                        Phone = phone,
                        TaxNumber = tax,
                    }
                );
            }

            (row.Name, row.Address, row.Phone, row.TaxNumber) = (name, address, phone, tax);
            return booking.Update(row);
        }
    }
}
