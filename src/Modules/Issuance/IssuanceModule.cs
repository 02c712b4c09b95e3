using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform;

namespace Issuance;

/// <summary>Customers and cards: opening, issuing, showing (FC-01 to FC-08, FC-43.1).</summary>
public sealed class IssuanceModule : IModule
{
    public IReadOnlyList<Right> Rights => [];

    public IReadOnlyList<IEndpointModule> Endpoints => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
