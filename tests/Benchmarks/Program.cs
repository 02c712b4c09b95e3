using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Benchmarks;

if (args is ["--help"])
{
    Console.WriteLine(LoadOptions.Help);
    return 0;
}

if (args is ["--to-xlsx", var dat, var xlsx])
{
    Workbook.FromList(dat, xlsx);
    return 0;
}

try
{
    switch (args)
    {
        case ["--bills", .. var bills]:
            Console.WriteLine((await BillsRun.Run(bills)).ToJsonString());
            return 0;
        case ["--reconciliation-files", var lines, var folder]:
            await ReconcileRun.Make(int.Parse(lines, CultureInfo.InvariantCulture), folder);
            return 0;
        case ["--reconcile", var folder]:
            Console.WriteLine((await ReconcileRun.Compare(folder)).ToJsonString());
            return 0;
        default:
            break;
    }

    using var run = new LoadRun(LoadOptions.Parse(args));
    Console.WriteLine(JsonSerializer.Serialize(run.Run(), JsonSerializerOptions.Web));
    return 0;
}
catch (Exception e) when (e is WrongUsageException or IOException)
{
    await Console.Error.WriteLineAsync($"Benchmarks: {e.Message} See --help.");
    return 2;
}
catch (Exception e) when (e is InvalidOperationException or InvalidDataException or Win32Exception)
{
    await Console.Error.WriteLineAsync($"Benchmarks: {e.Message}");
    return 1;
}
