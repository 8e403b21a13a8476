using System.Text;
using Lowdose.Web.Reminders;
using static Lowdose.Acceptance.Reminders.Decoder;

namespace Lowdose.Acceptance.Reminders;

/// <summary>The worked examples of RFC 8188, 8291 and 8292.</summary>
public sealed class PushVectorTests
{
    private const string Walrus = "I am the walrus";
    private const string One = "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg";
    private const string Two = "uNCkWiNYzKTnBN9ji3-qWAAAABkCYTHOG8chz_gnvgOqdGYovxyjuqRyJFjEDyoF1Fvkj6hQPdPHI51OEUKEpgz3SsLWIqS_uA";
    private const string Push = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
    private const string BrowserPublic = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string Auth = "BTBZMqHH6r4Tts7J_aSIgg";

    [Fact]
    public void One_record_is_that_of_RFC_8188_section_3_1_byte_for_byte() =>
        Text(EncryptedContent.Encrypt(Encoding.UTF8.GetBytes(Walrus), 0, Bytes("yqdlZ-tYemfogSmv7Ws5PQ"), Bytes("I1BsxtFttlv3u_Oo94xnmw"), [])).ShouldBe(One);

    [Theory]
    [InlineData(One, "yqdlZ-tYemfogSmv7Ws5PQ"), InlineData(Two, "BO3ZVPxUlnLORbVGMpbT1Q")]
    public void The_tests_own_decoder_reads_both_examples_of_RFC_8188(string body, string key) =>
        Encoding.UTF8.GetString(Decrypt(Bytes(body), Bytes(key))).ShouldBe(Walrus);

    [Fact]
    public void A_push_is_that_of_RFC_8291_appendix_A_byte_for_byte()
    {
        PushSubscription.Of("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV", BrowserPublic, Auth, out var subscription).ShouldBeNull();
        using var sender = Pair("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8", "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        Text(subscription!.Encrypt("When I grow up, I want to be a watermelon"u8, 0, sender, Bytes("DGv6ra1nlYgDCS1FRnbzlw"))).ShouldBe(Push);
    }

    [Fact]
    public void The_tests_own_browser_reads_the_example_of_RFC_8291()
    {
        using var browser = Pair(BrowserPublic, "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
        Encoding.UTF8.GetString(DecryptPush(Bytes(Push), browser, Bytes(Auth))).ShouldBe("When I grow up, I want to be a watermelon");
    }

    [Fact]
    public void The_tests_own_push_service_accepts_the_token_of_RFC_8292_and_no_altered_one()
    {
        const string Header = "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
        VerifiedClaims(Header).ShouldBe("""{"aud":"https://push.example.net","exp":1453523768,"sub":"mailto:push@example.com"}""");
        Should.Throw<ShouldAssertException>(() => VerifiedClaims(Header.Replace(".i3CY", ".i4CY", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw5", Auth, "not a point")]
    [InlineData("not base64", Auth, "not a point"), InlineData("", Auth, "not a point"), InlineData(BrowserPublic, "BTBZMqHH6r4Tts7J", "not 16 bytes")]
    public void A_key_off_the_curve_or_a_short_secret_is_refused(string key, string auth, string why)
    {
        PushSubscription.Of("https://push.example.net/x", key, auth, out var none)!.What.ShouldContain(why);
        none.ShouldBeNull();
    }
}
