using Customers;
using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.EntityFrameworkCore;

namespace Funding.Allocations.Templates;

/// <summary>A template to create or update.</summary>
/// <param name="Name" example="northern depot">1 to 40 characters, unique for the customer.</param>
/// <param name="Lines">1 to 200 lines, each card once; the cards must be the customer's.</param>
public sealed record TemplateRequest(string Name, IReadOnlyList<AllocationLine> Lines);

/// <summary>A template.</summary>
/// <param name="TemplateId" example="126437891174400000">The template's id, for <c>templateId</c> of an allocation.</param>
/// <param name="Name" example="northern depot">Its name.</param>
/// <param name="Lines">What it allocates.</param>
/// <param name="Version" example="3">Also the ETag.</param>
public sealed record TemplateResponse(string TemplateId, string Name, IReadOnlyList<AllocationLine> Lines, int Version) : IVersionedResponse
{
    internal static TemplateResponse Of(AllocationTemplate template, int? version = null) =>
        new(IdText.Of(template.Id), template.Name, template.Lines, version ?? template.Version);
}

/// <summary>A customer's templates.</summary>
/// <param name="Items">At most 100, by name.</param>
public sealed record TemplateList(IReadOnlyList<TemplateResponse> Items);

/// <summary>The customer has a template of this name.</summary>
public sealed record TemplateNameTaken()
    : Refusal("template-name-taken", 409, "The customer has a template of this name.", "该客户已有同名模板。");

/// <summary>The customer already has the maximum number of templates.</summary>
public sealed record TooManyTemplates(int Limit)
    : Refusal("too-many-templates", 409, "The customer already has the maximum number of templates.", "该客户的模板数量已达上限。");

internal sealed class TemplateValidator : AbstractValidator<TemplateRequest>
{
    public TemplateValidator()
    {
        RuleFor(b => b.Name).NotNull().PlainText(Limits.TemplateName);
        RuleFor(b => b.Lines).NotNull();
        this.AllocationLines(b => b.Lines);
    }
}

/// <summary>What the slices of templates read alike.</summary>
internal sealed class TemplateDesk(AppDb db, CustomerReach reach)
{
    /// <summary>A multi-user customer in any state in which it may come back to business, whom the caller may see whole.</summary>
    public async Task<Outcome<Customer>> Customer(string customerCode, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == customerCode, ct);
        if (await reach.Whole(customer, ct) is { } refusal)
        {
            return refusal;
        }

        return customer is null ? new CustomerNotFound()
            : customer.Use != CustomerUse.MultiUser ? new TemplatesAreForMultiUser()
            : customer;
    }

    public async Task<Outcome<AllocationTemplate>> Template(string customerCode, long id, CancellationToken ct)
    {
        var customer = await Customer(customerCode, ct);
        if (customer.Refusal is { } refusal)
        {
            return refusal;
        }

        var template = await db.Set<AllocationTemplate>().SingleOrDefaultAsync(t => t.Id == id, ct);
        return template?.CustomerId == customer.Value.Id ? template : new TemplateNotFound();
    }

    /// <summary>The lines that name a card twice or one that is not the customer's; states may change until they are used.</summary>
    public async Task<Refusal?> Faults(long customerId, IReadOnlyList<AllocationLine> lines, CancellationToken ct)
    {
        var numbers = lines.Select(l => l.CardNumber).Distinct().ToArray();
        var own = await db.Set<Card>()
            .Where(c => numbers.Contains(c.Number) && c.CustomerId == customerId && c.State != CardState.Released)
            .Select(c => c.Number)
            .ToListAsync(ct);
        var seen = new HashSet<string>();
        var bad = lines
            .Select((l, i) => new BadAllocationLine(i, l.CardNumber, seen.Add(l.CardNumber) ? "other-customers-card" : "card-twice"))
            .Where(l => l.Code == "card-twice" || !own.Contains(l.CardNumber))
            .ToList();
        return bad.Count == 0 ? null : new AllocationLinesInvalid(bad);
    }
}
