using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Companies;

/// <summary>A company's details. A detail that is not set is null.</summary>
/// <param name="Name">The company's name. <example>示范能源有限公司</example></param>
/// <param name="Address">Its address. <example>示范市城东区建设路 1 号</example></param>
/// <param name="Phone">Its telephone number. <example>028-5555 0100</example></param>
/// <param name="TaxNumber">Its tax number. <example>91510100MA00000000</example></param>
public sealed record CompanyText(string? Name, string? Address, string? Phone, string? TaxNumber);

/// <summary>A logo, without the image itself.</summary>
/// <param name="SetAt">Code of the branch that set it. <example>10000000</example></param>
/// <param name="MediaType">What it is. <example>image/png</example></param>
/// <param name="Bytes">Its size. <example>5120</example></param>
/// <param name="Width">Pixels. <example>240</example></param>
/// <param name="Height">Pixels. <example>120</example></param>
public sealed record CompanyLogoItem(string SetAt, string MediaType, int Bytes, int Width, int Height);

/// <summary>The company that a branch's documents name.</summary>
/// <param name="BranchCode">The branch. <example>10000000</example></param>
/// <param name="Effective">The details that apply: the branch's own, otherwise the nearest set above it.</param>
/// <param name="Own">The details that the branch itself sets.</param>
/// <param name="Logo">The logo that applies; null if none is set.</param>
public sealed record CompanyResponse(string BranchCode, CompanyText Effective, CompanyText Own, CompanyLogoItem? Logo);

/// <summary>Shows the company that a branch's documents name (PL-05.5).</summary>
internal static class GetCompany
{
    internal sealed record Query(string? BranchCode) : IQuery<CompanyResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/company", (string? branchCode, Sender send, CancellationToken ct) => send.Query(new Query(branchCode), ct))
                .WithName(nameof(GetCompany))
                .WithSummary("Get the company on documents")
                .WithDescription(
                    "Returns name, address, telephone, tax number and logo on the documents of a branch. `branchCode` is your own "
                        + "branch, the default, or one below it."
                )
                .AllowSignedIn()
                .Reads<CompanyResponse>()
                .ProducesRefusals<NotFound, BranchOutOfReach>();
    }

    internal sealed class Handler(AppDb db, BranchTree tree, BranchScope scope) : QueryHandler<Query, CompanyResponse>
    {
        protected override async Task<Outcome<CompanyResponse>> Read(Query query, CancellationToken ct)
        {
            var found = await scope.Find(query.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var place = found.Value;
            var own = await db.Set<CompanyDetails>().SingleOrDefaultAsync(c => c.BranchId == place.Id, ct);
            var head = await CompanyHead.Read(db, place.UpToTop, ct);
            var logo = head.Logo is null
                ? null
                : new CompanyLogoItem(
                    (await tree.Get(head.Logo.BranchId, ct)).Code,
                    head.Logo.MediaType,
                    head.Logo.Content.Length,
                    head.Logo.Width,
                    head.Logo.Height
                );
            return new CompanyResponse(
                place.Code,
                new CompanyText(head.Name, head.Address, head.Phone, head.TaxNumber),
                new CompanyText(own?.Name, own?.Address, own?.Phone, own?.TaxNumber),
                logo
            );
        }
    }
}
