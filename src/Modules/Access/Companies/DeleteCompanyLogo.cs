using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Companies;

/// <summary>Takes a branch's logo back; the nearest set above it holds again (PL-05.5).</summary>
internal static class DeleteCompanyLogo
{
    internal sealed record Command(string BranchCode) : IChangeCommand<CompanyLogoItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapDelete(
                    "/company/logo",
                    (string branchCode, Sender send, CancellationToken ct) => send.Change(new Command(branchCode), ct)
                )
                .WithName(nameof(DeleteCompanyLogo))
                .WithSummary("Delete the logo on documents")
                .WithDescription("Returns the deleted logo. The nearest logo set above the branch applies again.")
                .RequireRight(AccessRights.Administer)
                .Changes<CompanyLogoItem>()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.BranchCode).NotNull().BranchCode();
    }

    internal sealed class Handler(AppDb db, BranchScope scope, RequestContext request) : BookingHandler<Command, CompanyLogoItem>
    {
        protected override async Task<Outcome<Booking<CompanyLogoItem>>> Decide(Command command, CancellationToken ct)
        {
            var found = await scope.Find(command.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var place = found.Value;
            if (await db.Set<CompanyLogo>().SingleOrDefaultAsync(l => l.BranchId == place.Id, ct) is not { } row)
            {
                return new NotFound("logo");
            }

            var item = new CompanyLogoItem(place.Code, row.MediaType, row.Content.Length, row.Width, row.Height);
            var note = new AuditNote("delete-company-logo", $"branch:{place.Id}");
            return new Booking<CompanyLogoItem>(Ids.Next(), request.Actor, note, _ => Answer.Ok(item)).Delete(row);
        }
    }
}
