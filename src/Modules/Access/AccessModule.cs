using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform;

namespace Access;

/// <summary>Branches, operators, roles, sign-in, approvals, parameters (PL-01, PL-02, FC-42).</summary>
public sealed class AccessModule : IModule
{
    public IReadOnlyList<Right> Rights => [];

    public IReadOnlyList<IEndpointModule> Endpoints => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
