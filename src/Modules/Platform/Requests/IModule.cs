using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Outbox;
using Platform.Parameters;
using Platform.Settings;

namespace Platform.Requests;

/// <summary>A business module: listed by hand in Program.cs, its routes listed by hand in itself.</summary>
public interface IModule
{
    /// <summary>Rights that the module's routes ask for.</summary>
    IReadOnlyList<Right> Rights { get; }

    /// <summary>The routes of its slices (docs/adr/0002).</summary>
    IReadOnlyList<ICarterModule> Endpoints { get; }

    /// <summary>Settings that the module reads.</summary>
    IReadOnlyList<Setting> Settings => [];

    /// <summary>Parameters that the module reads, and that branches set (FC-42.1).</summary>
    IReadOnlyList<Parameter> Parameters => [];

    /// <summary>Events that the module tells of.</summary>
    IReadOnlyList<EventType> Events => [];

    /// <summary>What the part of the API that the module brings is for; null for one that adds to another's part.</summary>
    string? ApiDescription => null;

    /// <summary>Names that the module brings to addresses and bodies.</summary>
    IReadOnlyList<ApiWord> ApiWords => [];

    void AddServices(IServiceCollection services, IConfiguration configuration);
}
