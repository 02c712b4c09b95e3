using Microsoft.Extensions.DependencyInjection;
using Platform;
using Platform.Ledger;
using Platform.Persistence;
using Platform.Requests;

namespace Customers;

/// <summary>The customer whose page is asked for, and what its reader may see.</summary>
/// <param name="Id">The customer.</param>
/// <param name="Open">False for a customer of another branch that has shown neither card nor certificate (PL-06.31).</param>
/// <param name="Services">Services of the request, for a part that needs one of its module's.</param>
public sealed record CustomerOnPage(long Id, bool Open, IServiceProvider Services);

/// <summary>A part of a customer's page (FC-43.1), brought by the module that owns what it shows.</summary>
public interface ICustomerPart : IAnswerPart
{
    /// <summary>Reads the part's value.</summary>
    Task<object> Read(AppDb db, CustomerOnPage customer, CancellationToken ct);
}

/// <summary>A part of a customer's page that holds a <typeparamref name="T"/>.</summary>
public abstract class CustomerPart<T>(string name, string description) : ICustomerPart
    where T : notnull
{
    public Type Answer => typeof(CustomerView);

    public string Name => name;

    public Type Value => typeof(T);

    public string Description => description;

    protected abstract Task<T> Read(AppDb db, CustomerOnPage customer, CancellationToken ct);

    async Task<object> ICustomerPart.Read(AppDb db, CustomerOnPage customer, CancellationToken ct) => await Read(db, customer, ct);
}

/// <summary>Brings a module's parts of the customer's page.</summary>
public static class CustomerPartRegistration
{
    /// <summary>Parts stand in the order in which they are added. A name that another part has refuses the start.</summary>
    public static IServiceCollection AddCustomerPart(this IServiceCollection services, ICustomerPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (services.Holds<ICustomerPart>(p => p.Name == part.Name))
        {
            throw new StartRefusedException(
                $"The customer's page has two parts named {part.Name}; give one of them another name.",
                $"客户页面有两个名为 {part.Name} 的部分，请为其中一个改名。"
            );
        }

        return services.AddSingleton(part).AddSingleton<IAnswerPart>(part);
    }
}
