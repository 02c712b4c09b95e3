using Funding.Documents;
using Funding.Loads;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform;
using Platform.CardCryptography.Profiles;
using Platform.CardOperations;

namespace Funding;

/// <summary>Money in, on and off the card, and the branch's day (FC-09 to FC-24, PL-04).</summary>
public sealed class FundingModule : IModule
{
    public IReadOnlyList<Right> Rights => [.. FundingRights.All, LoadRights.LoadCard];

    public IReadOnlyList<IEndpointModule> Endpoints =>
        [
            new LoadCard.Endpoint(),
            new CollectPayment.Endpoint(),
            new RechargeCustomer.Endpoint(),
            new RechargeWithCard.Endpoint(),
            new CollectWithCard.Endpoint(),
            new VoidCollection.Endpoint(),
            new ReverseCollection.Endpoint(),
            new CheckCorrection.Endpoint(),
            new GetTransaction.Endpoint(),
            new Allocate.Endpoint(),
            new AllocateWithCard.Endpoint(),
            new CreateTemplate.Endpoint(),
            new ListTemplates.Endpoint(),
            new GetTemplate.Endpoint(),
            new EditTemplate.Endpoint(),
            new DeleteTemplate.Endpoint(),
            new ReturnReserve.Endpoint(),
            new CreateContract.Endpoint(),
            new EndContract.Endpoint(),
            new ListContracts.Endpoint(),
            new CloseDay.Endpoint(),
            new GetCurrentDay.Endpoint(),
            new GetDayEnd.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDocument(AdvanceReceipt.Kind).AddDocument(AllocationForm.Kind).AddDocument(LoadSlip.Kind).AddDocument(DayEndSheet.Kind);
        services.AddScoped<CollectionDesk>();
        services.AddScoped<AllocationDesk>();
        services.AddScoped<TemplateDesk>();
        services.AddSingleton<LoadOrders>();
        services.AddScoped<CardOperationFlow>(s => new LoadFlow(
            s.GetRequiredService<AppDb>(),
            s.GetRequiredService<LoadOrders>(),
            CardApplication.Money
        ));
        services.AddScoped<CardOperationFlow>(s => new LoadFlow(
            s.GetRequiredService<AppDb>(),
            s.GetRequiredService<LoadOrders>(),
            CardApplication.Points
        ));
    }
}
