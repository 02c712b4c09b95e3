using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;
using Platform.Ledger.Batches;

namespace Api.Tests.Platform.Ledger;

/// <summary>Stands where a SQL Server would: it writes down what it is sent, with the driver's own parameters, and finds nothing.</summary>
internal sealed class RecordedServer : DbConnection
{
    private readonly HashSet<string> _declared = [];

    /// <summary>Texts in the order they were sent.</summary>
    public List<string> Sent { get; } = [];

    public List<SqlCommand> Commands { get; } = [];

    /// <summary>The types with sizes that texts and bytes were declared with.</summary>
    public IReadOnlySet<string> Declared => _declared;

    public BatchConnection? Batch { get; set; }

    [AllowNull]
    public override string ConnectionString { get; set; } = "";

    public override string Database => "";

    public override string DataSource => "";

    public override string ServerVersion => "";

    public override ConnectionState State => ConnectionState.Open;

    public override void ChangeDatabase(string databaseName) { }

    public override void Close() { }

    public override void Open() { }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new Transaction(this);

    protected override DbCommand CreateDbCommand() => new Command(this);

    private void Take(SqlCommand command)
    {
        Sent.Add(command.CommandText);
        Commands.Add(command);
        foreach (SqlParameter parameter in command.Parameters)
        {
            if (parameter.SqlDbType is SqlDbType.NVarChar or SqlDbType.VarBinary)
            {
                var size = parameter.Size < 0 ? "max" : $"{parameter.Size}";
                _declared.Add($"{(parameter.SqlDbType == SqlDbType.NVarChar ? "nvarchar" : "varbinary")}({size})");
            }
        }
    }

    internal sealed class Transaction(RecordedServer server) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

        protected override DbConnection DbConnection => server;

        public override void Commit() { }

        public override void Rollback() { }
    }

    private sealed class Command(RecordedServer server) : DbCommand
    {
        private readonly SqlCommand _command = new();

        [AllowNull]
        public override string CommandText
        {
            get => _command.CommandText;
            set => _command.CommandText = value;
        }

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; } = server;

        protected override DbParameterCollection DbParameterCollection => _command.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel() { }

        public override int ExecuteNonQuery()
        {
            server.Take(_command);
            return CommandText.StartsWith("UPDATE", StringComparison.Ordinal) ? (int)Parameters["@rows"].Value! : 0;
        }

        public override object? ExecuteScalar() => null;

        public override void Prepare() { }

        protected override DbParameter CreateDbParameter() => _command.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            server.Take(_command);
            return new DataTableReader(new DataTable());
        }
    }
}
