using Access.Applications;
using Access.Approvals;
using Access.Audit;
using Access.Companies;
using Access.Roles;
using Access.SigningIn;
using Access.SystemParameters;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Approvals;
using Platform.Parameters;
using Platform.Settings;

namespace Access;

/// <summary>Branches, operators, roles, sign-in, approvals, parameters (PL-01, PL-02, FC-42).</summary>
public sealed class AccessModule : IModule
{
    public IReadOnlyList<Right> Rights => AccessRights.All;

    public IReadOnlyList<Parameter> Parameters => AccessParameters.All;

    public IReadOnlyList<Setting> Settings =>
        [
            new(
                AccessBootstrap.PasswordSetting,
                "none: dotnet Api.dll admin-password gives one",
                SettingForm.Text,
                "Password of admin at branch 10000000 in an empty database: 8 to 12 characters, at least one digit and one letter.",
                "空数据库中网点 10000000 的 admin 的密码：8 至 12 位，至少含一个数字和一个字母。"
            ),
            new(
                PasswordHashes.RoundsSetting,
                "100000",
                SettingForm.Number(1, PasswordHashes.MostRounds),
                "Rounds of PBKDF2 for a new password; fewer are refused outside Development and Testing.",
                "新密码的 PBKDF2 轮数；在 Development 和 Testing 以外的环境中不得更少。"
            ),
            new(
                SignInWaits.FirstWait,
                "00:00:02",
                SettingForm.Duration(TimeSpan.Zero, TimeSpan.FromMinutes(15)),
                "The first wait after wrong passwords for one login from one address; each further one is twice as long.",
                "同一登录名从同一地址连续输错密码后的首次等待；此后逐次加倍。"
            ),
            new(
                SignInLimit.PerLogin,
                "600",
                SettingForm.Number(1, 1_000_000),
                "Sign-ins tried for one login in a minute, in each process.",
                "每个进程每分钟允许同一登录名尝试登录的次数。"
            ),
            new(
                SignInLimit.PerAddress,
                "3000",
                SettingForm.Number(1, 1_000_000),
                "Sign-ins tried from one address in a minute, in each process.",
                "每个进程每分钟允许同一地址尝试登录的次数。"
            ),
        ];

    public string ApiDescription =>
        "Sign-in, approvals by a second operator, branches, operators, roles, and parameters with their history.";

    public IReadOnlyList<ApiWord> ApiWords => AccessApiWords.All;

    public IReadOnlyList<ICarterModule> Endpoints =>
        [
            new SignIn.Endpoint(),
            new RefreshSignIn.Endpoint(),
            new SignOut.Endpoint(),
            new Me.Endpoint(),
            new ChangePassword.Endpoint(),
            new ListSessions.Endpoint(),
            new EndSession.Endpoint(),
            new EndOtherSessions.Endpoint(),
            new GrantApproval.Endpoint(),
            new GetApprovalRequest.Endpoint(),
            new ListApprovalRequests.Endpoint(),
            new ApproveRequest.Endpoint(),
            new RefuseRequest.Endpoint(),
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
            new EndOperatorSessions.Endpoint(),
            new ListApplications.Endpoint(),
            new GetApplication.Endpoint(),
            new CreateApplication.Endpoint(),
            new EditApplication.Endpoint(),
            new DeactivateApplication.Endpoint(),
            new AddApplicationSecret.Endpoint(),
            new EndApplicationSecret.Endpoint(),
            new ListRights.Endpoint(),
            new ListRoles.Endpoint(),
            new GetRole.Endpoint(),
            new CreateRole.Endpoint(),
            new EditRole.Endpoint(),
            new ListParameters.Endpoint(),
            new SetParameter.Endpoint(),
            new ListParameterChanges.Endpoint(),
            new ListAuditRecords.Endpoint(),
            new ExportAuditRecords.Endpoint(),
            new GetCompany.Endpoint(),
            new SetCompany.Endpoint(),
            new SetCompanyLogo.Endpoint(),
            new DeleteCompanyLogo.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        var rounds = PasswordHashes.Rounds(configuration);
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = rounds);
        services.AddOwnerNames(
            AccessOwners.Branch,
            (db, ids) => db.Set<Branch>().Where(b => ids.Contains(b.Id)).Select(b => new OwnerName(b.Id, b.Code))
        );
        services.AddOwnerNames(
            AccessOwners.Operator,
            (db, ids) => db.Set<Operator>().Where(o => ids.Contains(o.Id)).Select(o => new OwnerName(o.Id, o.Login))
        );
        services.AddApplicationTokens();
        services.AddHttpContextAccessor();
        services.AddSingleton<BranchTree>();
        services.AddSingleton<PasswordHashes>();
        services.AddSingleton<RoleRights>();
        services.AddSingleton<SessionMemory>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<SignInLimit>();
        services.AddSingleton<SignInWaits>();
        services.AddSingleton(_ => HashingGate.OfThisMachine());
        services.AddSingleton<Approvers>();
        services.AddSingleton<FindApprover>(s => s.GetRequiredService<Approvers>().Find);
        services.AddSingleton<PasswordWrites>();
        services.AddScoped<Passwords>();
        services.AddScoped<Sessions>();
        services.AddScoped<AdministratorRules>();
        services.AddScoped<Parameters>();
        services.AddScoped<BranchScope>();
        services.AddScoped<AuditTrail>();
        services.AddScoped<OperatorRecords>();
    }
}
