using Platform;
using Platform.Settings;

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
            _ => throw new StartRefusedException(
                $"{Name} is '{text}'; set it to Demo or Benchmark, or leave it out.",
                $"{Name} 的值“{text}”无效，应为 Demo 或 Benchmark，或不设置。"
            ),
        };
        if (seed != DemoSeed.None && !KnownEnvironments.IsForTrying(environment.EnvironmentName))
        {
            var name = environment.EnvironmentName;
            throw new StartRefusedException(
                $"{Name} is '{text}' and the environment is {name}: demonstration operators have passwords that everybody knows. Leave it out.",
                $"当前环境为 {name}，而 {Name} 为“{text}”：演示操作员的密码人人皆知。请不要设置。"
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
