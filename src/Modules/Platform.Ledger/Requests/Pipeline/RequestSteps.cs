using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Ledger.Requests.Pipeline;

/// <summary>
/// Which steps of the pipeline a request goes through to its handler, by its kind; the first is the outermost. The one list of them. They are
/// registered for each request by its own type, so nothing is looked up by reflection while the host runs.
/// </summary>
internal static class RequestSteps
{
    private static readonly Type[] s_books = [typeof(KeyStep<>), typeof(ValidationStep<,>), typeof(PostingStep<>), typeof(ApprovalStep<>)];
    private static readonly Type[] s_booksOnItsWay =
    [
        typeof(ConfirmedStep<>),
        typeof(KeyStep<>),
        typeof(ValidationStep<,>),
        typeof(AnsweredStep<>),
        typeof(PostingStep<>),
    ];
    private static readonly Type[] s_changes = [typeof(ValidationStep<,>), typeof(PostingStep<>), typeof(ApprovalStep<>)];
    private static readonly Type[] s_onlyChecked = [typeof(ValidationStep<,>)];

    private static readonly Dictionary<Type, (Type[] Steps, bool NeedsValidator)> s_kinds = new()
    {
        [typeof(IBookingCommand<>)] = (s_books, true),
        [typeof(ILongBookingCommand<>)] = (s_booksOnItsWay, true),
        [typeof(IChangeCommand<>)] = (s_changes, true),
        [typeof(IDayLockedCommand<>)] = ([typeof(ConfirmedStep<>), .. s_books], true),
        [typeof(IWorkCommand<>)] = (s_onlyChecked, true),
        [typeof(IQuery<>)] = (s_onlyChecked, false),
    };

    /// <summary>Registers handlers and steps of the requests in these assemblies; refuses the start where a command has no validator.</summary>
    public static void AddRequests(this IServiceCollection services, IReadOnlyList<Assembly> assemblies)
    {
        services.AddValidatorsFromAssemblies(assemblies, ServiceLifetime.Singleton, includeInternalTypes: true);
        var validated = services
            .Select(s => s.ServiceType)
            .Where(t => Is(t, typeof(IValidator<>)))
            .Select(t => t.GenericTypeArguments[0])
            .ToHashSet();
        foreach (var type in assemblies.SelectMany(a => a.GetTypes()).Where(t => t is { IsClass: true, IsAbstract: false }))
        {
            var contracts = type.GetInterfaces().Where(i => i.IsGenericType).ToList();
            foreach (var contract in contracts.Where(c => Is(c, typeof(IRequestHandler<,>))))
            {
                services.AddTransient(contract, type);
            }

            if (contracts.Find(c => Is(c, typeof(IRequest<>))) is { } request)
            {
                AddSteps(services, type, request.GenericTypeArguments[0], contracts, validated.Contains(type));
            }
        }
    }

    private static void AddSteps(IServiceCollection services, Type request, Type result, List<Type> contracts, bool hasValidator)
    {
        var kind = contracts.Select(c => c.GetGenericTypeDefinition()).Single(s_kinds.ContainsKey);
        var (steps, needsValidator) = s_kinds[kind];
        if (needsValidator && !hasValidator)
        {
            throw new StartRefusedException(
                $"{request.FullName} has no validator; give its slice one.",
                $"{request.FullName} 没有校验器，请为其切片补上。"
            );
        }

        foreach (var step in steps.Where(s => hasValidator || s != typeof(ValidationStep<,>)))
        {
            var made = step.GetGenericArguments().Length == 2 ? step.MakeGenericType(request, result) : step.MakeGenericType(request);
            services.AddTransient(typeof(IPipelineBehavior<,>).MakeGenericType(request, result), made);
        }
    }

    private static bool Is(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
