//! What the reps of the tests say. How it scores is the coach's own tests' business; here only that it is taken.

/// A good answer, long enough that its correction streams for about a second.
pub const GOOD: &str = "Rakesh ji, I understand, pehle chhote level par test karna samajhdari hai. Let me explain why 10,000 \
    messages will not help you decide: itne kam messages mein replies gine-chune aate hain. Isliye I suggest 1 lakh as a \
    sensible start. Shall I share a plan today for your area?";

/// A hesitant one.
pub const HESITANT: &str = "Umm sir, I think 10,000 thoda kam rahega, shayad. Aap dekh lo sir?";

/// A plain one, with what travels badly: quotes, a line break, emoji, Devanagari, a lone ampersand.
pub const PLAIN: &str =
    "Sir \"1 lakh\" se start kijiye & dekhiye 🙂\nनमस्ते, kya main plan bhej doon?";
