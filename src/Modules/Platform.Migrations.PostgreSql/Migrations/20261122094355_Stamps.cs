using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Stamps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_transactions_CorrectsId",
                table: "transactions");

            migrationBuilder.CreateTable(
                name: "stamps",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stamps", x => x.Name);
                });

            migrationBuilder.CreateIndex(
                name: "IX_transactions_CorrectsId",
                table: "transactions",
                column: "CorrectsId",
                unique: true,
                filter: "\"CorrectsId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "stamps");

            migrationBuilder.DropIndex(
                name: "IX_transactions_CorrectsId",
                table: "transactions");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_CorrectsId",
                table: "transactions",
                column: "CorrectsId",
                unique: true);
        }
    }
}
