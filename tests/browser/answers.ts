// What a rep says on day 1: a first answer as it comes, and the one that is better.
export const DAY_ONE = [
  {
    first: "Umm sir, I think 10,000 thoda kam rahega, shayad usme clear result na mile. Maybe aap 1 lakh se start karein toh better rahega. Aap dekh lo sir?",
    again:
      "Rakesh ji, pehle test karke dekhna chahte hain aap, and that makes sense. The reason I don't advise 10,000 is simple: itne kam messages se 5-10 reply aayenge, aur unse kuch pata nahi chalega. That is why I suggest 1 lakh to start. Message sirf aapke area ke un logon ko jaayega jo furniture dekh rahe hain, and the call button tells you who is interested. Shall I make an area-wise plan for Kothrud and send it by evening?",
  },
  {
    first: "Sorry ma'am, free trial available nahi hai. Humari company mein advance payment ke baad hi kaam start hota hai. Minimum starter pack 1 lakh hai.",
    again:
      "Sunita ji, it's fair to ask, aap pehle kaam dekhna chahti hain and then pay. Here is why a free campaign doesn't help you: it goes to random numbers, so whether orders come or not, it tells you nothing about your sarees. Isliye meri salah 1 lakh starter pack ki hai, jo sirf Jaipur ki ladies tak jaaye. Can you send me two photos of the new collection so I make the draft today?",
  },
  {
    first: "Sir budget ka toh main samajh sakta hoon, umm, but I think 25 hazaar shayad kam pad jayega. Maybe thoda adjust karke 1 lakh targeted kar lein?",
    again:
      "Imran ji, makes sense, rent aur naye treadmills ke baad har kharcha dekhna padta hai. I ask because with 20-25 hazaar messages you get too few enquiries, aur phir aap decide hi nahi kar paate. Isliye meri salah 1 lakh hai, only to people near your gym, with a button to book a visit. Can we take ten minutes tomorrow and plan your January offer?",
  },
] as const;
