using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Platform;

/// <summary>A business module: listed by hand in Program.cs, its routes listed by hand in itself.</summary>
public interface IModule
{
    /// <summary>Rights that the module's routes ask for.</summary>
    IReadOnlyList<Right> Rights { get; }

    /// <summary>The routes of its slices (docs/adr/0002).</summary>
    IReadOnlyList<ICarterModule> Endpoints { get; }

    /// <summary>Settings that the module reads.</summary>
    IReadOnlyList<Setting> Settings => [];

    void AddServices(IServiceCollection services, IConfiguration configuration);
}
