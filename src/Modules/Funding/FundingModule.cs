using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform;

namespace Funding;

/// <summary>Money in, on and off the card, and the branch's day (FC-09 to FC-24, PL-04).</summary>
public sealed class FundingModule : IModule
{
    public IReadOnlyList<Right> Rights => [];

    public IReadOnlyList<IEndpointModule> Endpoints => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
