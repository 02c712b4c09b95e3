using Platform;

namespace Api.DemoData;

/// <summary>What an empty database is filled with at start, by the setting <c>Demo:Seed</c>.</summary>
internal enum DemoSeed
{
    None,

    /// <summary>A small tree of branches with operators whose passwords everybody knows, and a discount contract.</summary>
    Demo,

    /// <summary>The same, with a thousand cards and an operator for the load generator.</summary>
    Benchmark,
}

internal static class DemoSetting
{
    public const string Name = "Demo:Seed";

    /// <summary>The setting; refuses what would put known passwords into a real database (PL-08.4).</summary>
    public static DemoSeed Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var text = configuration[Name];
        var seed = text switch
        {
            null or "" => DemoSeed.None,
            nameof(DemoSeed.Demo) => DemoSeed.Demo,
            nameof(DemoSeed.Benchmark) => DemoSeed.Benchmark,
            _ => throw new StartRefusedException($"{Name} is '{text}'; set it to Demo or Benchmark, or leave it out."),
        };
        if (seed != DemoSeed.None && environment.IsProduction())
        {
            throw new StartRefusedException(
                $"{Name} is '{text}' and the environment is Production: demonstration operators have passwords that everybody knows. Leave it out."
            );
        }

        return seed;
    }

    public static void AddDemoData(this WebApplicationBuilder builder)
    {
        var seed = Read(builder.Configuration, builder.Environment);
        if (seed == DemoSeed.None)
        {
            return;
        }

        // Hosted services start in order: ids and books are there by now, and nobody is served before this one is done.
        builder.Services.AddHostedService<DemoSeeding>();
        if (seed == DemoSeed.Benchmark)
        {
            builder.Services.AddSingleton<BenchmarkData>();
        }
    }
}
