using System.Text.Json;
using Cordon.Gateways.Intake;
using CsCheck;

namespace Cordon.Tests.Gateways;

public sealed class IdentityNumberTests
{
    [Fact]
    public void Published_vectors_are_judged_as_published()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(SharedData.Path("conformance/stdnum/vectors.json")));
        foreach (var valid in vectors.RootElement.GetProperty("cn_ric_valid").EnumerateArray())
            Assert.Equal(IdentityNumberFault.None, IdentityNumber.Read(valid.GetString()!, out _));
        foreach (var invalid in vectors.RootElement.GetProperty("cn_ric_invalid").EnumerateArray())
            Assert.NotEqual(IdentityNumberFault.None, IdentityNumber.Read(invalid.GetString()!, out _));
    }

    [Theory]
    [InlineData("360426199101010071", IdentityNumberFault.None)]
    [InlineData("360426 19910101 0071", IdentityNumberFault.None)]
    [InlineData("３６０４２６１９９１０１０１００７１", IdentityNumberFault.None)]
    [InlineData("44011320141005001x", IdentityNumberFault.None)]
    [InlineData("360426910101007", IdentityNumberFault.OldForm)]
    [InlineData("060426199101010071", IdentityNumberFault.Region)]
    [InlineData("360426199102300071", IdentityNumberFault.BirthDate)]
    [InlineData("360426199101010072", IdentityNumberFault.Check)]
    [InlineData("36042619910101007", IdentityNumberFault.Form)]
    [InlineData("3604261991010100711", IdentityNumberFault.Form)]
    [InlineData("X60426199101010071", IdentityNumberFault.Form)]
    [InlineData("", IdentityNumberFault.Form)]
    public void A_text_is_judged_by_its_first_fault(string text, IdentityNumberFault fault) => Assert.Equal(fault, IdentityNumber.Read(text, out _));

    [Fact]
    public void Any_single_wrong_digit_and_any_swap_of_neighbours_is_found() => PlantedNumbers.Numbers.Sample(number =>
    {
        for (var i = 0; i < 17; i++)
        {
            var wrong = number.ToCharArray();
            wrong[i] = (char)('0' + ((wrong[i] - '0' + 1) % 10));
            Assert.NotEqual(IdentityNumberFault.None, IdentityNumber.Read(wrong, out _));
            if (i == 16 || number[i] == number[i + 1]) continue;
            var swapped = number.ToCharArray();
            (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
            Assert.NotEqual(IdentityNumberFault.None, IdentityNumber.Read(swapped, out _));
        }
    });

    [Fact]
    public void The_text_form_shows_the_province_only()
    {
        IdentityNumber.Read("360426199101010071", out var number);
        Assert.Equal("36****************", number.ToString());
    }
}
