using System.Net;

namespace Api.Tests.Meters;

public sealed class ExportMeterReportTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-10.1")]
    public async Task Gives_each_report_as_a_file_and_refuses_what_it_does_not_know(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        foreach (var report in new[] { "sales", "users", "cards", $"suspicious&accountId={account}", $"losses&accountId={account}" })
        {
            var (csv, _) = await counter.Cashier.Download($"/v1/meter-reports/export?report={report}");
            var (xlsx, _) = await counter.Cashier.Download($"/v1/meter-reports/export?report={report}&format=xlsx");
            Assert.True(csv.Length > 3 && xlsx[0] == 'P');
        }

        (await counter.Cashier.Get("/v1/meter-reports/export?report=nothing")).Is(HttpStatusCode.BadRequest);
    }
}
