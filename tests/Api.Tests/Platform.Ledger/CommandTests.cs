using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Platform.Ledger.Requests;

namespace Api.Tests.Platform.Ledger;

/// <summary>A booking's answer is bound to its command by the compiler; this binds the command to its route.</summary>
public sealed class CommandTests
{
    private static readonly Type[] s_kinds = [typeof(IDecidedCommand<>), typeof(IDayLockedCommand<>)];

    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task Each_route_describes_the_answer_that_its_command_names()
    {
        var commands = ModuleList
            .All.Select(m => m.GetType().Assembly)
            .Distinct()
            .SelectMany(a => a.GetTypes())
            .Where(t => t is { Name: "Command", DeclaringType: not null })
            .ToDictionary(t => t.DeclaringType!.Name, AnswerOf);
        var (wrong, held) = (new List<string>(), 0);
        foreach (var route in (await TestHost.Shared(Database.Sqlite)).Services.GetRequiredService<EndpointDataSource>().Endpoints)
        {
            if (
                route.Metadata.GetMetadata<EndpointNameMetadata>()?.EndpointName is { } name
                && commands.GetValueOrDefault(name) is { } answer
            )
            {
                held++;
                // A trial answers 200 with what the booking would do.
                var tries = route.Metadata.OfType<MethodInfo>().Any(m => m.GetParameters().Any(p => p.Name == "dryRun"));
                var described = route
                    .Metadata.OfType<IProducesResponseTypeMetadata>()
                    .Where(p => p.StatusCode < 300 && !(tries && p.StatusCode == StatusCodes.Status200OK && p.Type != answer))
                    .Select(p => p.Type)
                    .ToList();
                if (described.Count == 0 || described.Exists(d => d != answer))
                {
                    wrong.Add($"{name} answers {answer.Name} and describes {string.Join(", ", described.Select(d => d?.Name))}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(held > 60, $"{held} commands were found by the names of their routes.");
    }

    /// <summary>What the command's handler answers with; null for a kind that writes for itself.</summary>
    private static Type? AnswerOf(Type command) =>
        command
            .GetInterfaces()
            .Where(i => i.IsGenericType && s_kinds.Contains(i.GetGenericTypeDefinition()))
            .Select(i => i.GenericTypeArguments[0])
            .SingleOrDefault();
}
