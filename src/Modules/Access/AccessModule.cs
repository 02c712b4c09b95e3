using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform;

namespace Access;

/// <summary>Branches, operators, roles, sign-in, approvals, parameters (PL-01, PL-02, FC-42).</summary>
public sealed class AccessModule : IModule
{
    public IReadOnlyList<Right> Rights => AccessRights.All;

    public IReadOnlyList<IEndpointModule> Endpoints =>
        [
            new SignIn.Endpoint(),
            new RefreshSignIn.Endpoint(),
            new SignOut.Endpoint(),
            new Me.Endpoint(),
            new ChangePassword.Endpoint(),
            new GrantApproval.Endpoint(),
            new ListBranches.Endpoint(),
            new GetBranch.Endpoint(),
            new OpenBranch.Endpoint(),
            new EditBranch.Endpoint(),
            new ListOperators.Endpoint(),
            new GetOperator.Endpoint(),
            new CreateOperator.Endpoint(),
            new EditOperator.Endpoint(),
            new DeactivateOperator.Endpoint(),
            new UnlockOperator.Endpoint(),
            new ResetPassword.Endpoint(),
            new ListRights.Endpoint(),
            new ListRoles.Endpoint(),
            new GetRole.Endpoint(),
            new CreateRole.Endpoint(),
            new EditRole.Endpoint(),
            new ListParameters.Endpoint(),
            new SetParameter.Endpoint(),
            new ListParameterChanges.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        var rounds = PasswordHashes.Rounds(configuration);
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = rounds);
        services.AddHttpContextAccessor();
        services.AddSingleton<BranchTree>();
        services.AddSingleton<PasswordHashes>();
        services.AddSingleton<RoleRights>();
        services.AddSingleton<SessionMemory>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<SignInLimit>();
        services.AddScoped<Passwords>();
        services.AddScoped<Parameters>();
        services.AddScoped<BranchScope>();
        services.AddScoped<OperatorRecords>();
    }
}
