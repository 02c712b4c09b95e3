using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Access.Applications;

/// <summary>An application with all that belongs to it, as read to be shown or changed.</summary>
internal sealed record ApplicationRecord(
    Application Application,
    Operator Principal,
    string BranchCode,
    IReadOnlyList<ApplicationSecret> Secrets
)
{
    public ApplicationDetail Detail() =>
        new(
            IdText.Of(Application.PrincipalId),
            Application.ClientId!,
            Principal.Name,
            BranchCode,
            Application.Channel,
            Application.Scopes,
            Principal.Active,
            [
                .. Secrets
                    .Where(s => s.OpenPlace is not null)
                    .Select(s => new ApplicationSecretItem(IdText.Of(s.Id), s.CreatedAt, s.ExpiresAt, s.LastUsedAt)),
            ],
            Application.Version
        );

    public ApprovalSubject Subject(ApprovalFact rights) =>
        new() { Facts = [AdministratorActions.Application(Principal.Name, Application.ClientId!, BranchCode), rights] };
}

/// <summary>Reads applications for administrators, who reach their own branch and those below.</summary>
internal sealed class ApplicationRecords(
    AppDb db,
    BranchTree tree,
    BranchScope scope,
    AdministratorRules rules,
    IReadOnlyList<Right> rights
)
{
    public async Task<Outcome<ApplicationRecord>> Find(long id, CancellationToken ct)
    {
        if (await db.Set<Application>().SingleOrDefaultAsync(a => a.PrincipalId == id, ct) is not { } application)
        {
            return new NotFound("application");
        }

        var principal = await db.Set<Operator>().SingleAsync(o => o.Id == id, ct);
        if (!await scope.Reaches(principal.BranchId, ct))
        {
            return new BranchOutOfReach();
        }

        var secrets = await db.Set<ApplicationSecret>()
            .Where(s => s.ApplicationId == id && s.OpenPlace != null)
            .OrderBy(s => s.Id)
            .ToListAsync(ct);
        return new ApplicationRecord(application, principal, (await tree.Get(principal.BranchId, ct)).Code, secrets);
    }

    /// <summary>The same, to change it: not one that may do what the caller may not (PL-01.12).</summary>
    public async Task<Outcome<ApplicationRecord>> FindToChange(long id, CancellationToken ct)
    {
        var found = await Find(id, ct);
        return found.Refusal is null && rules.Lacks(found.Value.Application.Scopes) is { } lacking ? lacking : found;
    }

    /// <summary>Why these cannot be given to an application; null where they can.</summary>
    public Refusal? RefuseScopes(IReadOnlyList<string> scopes)
    {
        var unknown = scopes.FirstOrDefault(s => !rights.Any(r => r.Name == s && !r.PeopleOnly));
        return unknown is not null ? new ScopeUnknown(unknown) : rules.Lacks(scopes);
    }
}
